// The training of the page: begun from a setup, steered, followed from snapshot to snapshot. It survives the view; it computes nothing.
import {
  ChainruleError,
  type LiveOptions,
  type LiveTraining,
  liveTraining,
  type Network,
  type PlayOptions,
  referenceBackend,
  type Snapshot,
  wasmBackend,
} from 'chainrule';
import type { Finding } from 'chainrule/doctor';
import { liveTrainingInWorker } from 'chainrule/worker';
import { inEach, PageError } from '../../words/sentences.ts';
import { Curve, type CurvePoint, pointOf } from './curve.ts';
import { networkFor, optimizerFor, suitableLoss } from './network.ts';
import { prepare } from './prepare.ts';
import { type PreparedData, someOf } from './prepared.ts';
import { fresh, type Setup } from './setup.ts';
import { viewsFor } from './views.ts';
import { words } from './words.ts';

/** Milliseconds between two looks: pictures of the plane are small and quick, others change slowly and cost more. */
const pace = { plane: 30, other: 80 };

/** Training samples that scores are taken on: enough for half a percent, and quick. */
const scored = 2000;

/** A network to begin at, which may not fit the data. */
export type NetworkAt = (data: PreparedData) => Network;

class Session {
  setup: Setup = $state.raw(fresh);
  data: PreparedData | undefined = $state.raw();
  /** What gives the network that training begins at, instead of one drawn from the seed. */
  start: NetworkAt | undefined;
  /** The network as training began. */
  begun: Network | undefined = $state.raw();
  snapshot: Snapshot | undefined = $state.raw();
  /** The latest of each reading, which not every snapshot has. */
  scores: Snapshot['scores'] = $state.raw();
  views: Snapshot['views'] = $state.raw({});
  points: readonly CurvePoint[] = $state.raw([]);
  loading = $state(false);
  /** What went wrong, and what training on the page itself was caused by. */
  error: unknown = $state.raw();
  remark: unknown = $state.raw();
  finding: Finding | undefined = $state.raw();
  private curve = new Curve();
  private live: LiveTraining | undefined;
  private turn = 0;
  /** What was asked of the training last. */
  private asked: PlayOptions = {};

  get running(): boolean {
    return this.snapshot?.running ?? false;
  }

  /** Whether there is something to train. */
  get ready(): boolean {
    return this.begun !== undefined && this.snapshot !== undefined && this.snapshot.ending === undefined;
  }

  /**
   * Begins anew with a setup.
   * @param start a network to begin at, instead of one drawn from the seed
   */
  async begin(setup: Setup, start?: NetworkAt): Promise<void> {
    const turn = ++this.turn;
    this.close();
    this.setup = setup;
    this.start = start;
    this.loading = true;
    try {
      const data = await prepare(setup);
      if (turn !== this.turn) return;
      this.data = data;
      // The speed may have been changed meanwhile.
      this.setup = { ...this.setup, loss: suitableLoss(data, setup.loss) };
      this.begun = start?.(data) ?? networkFor(this.setup, data);
      await this.follow(this.startWorker(this.begun, data));
    } catch (error) {
      if (turn === this.turn) this.error = error;
    } finally {
      if (turn === this.turn) this.loading = false;
    }
  }

  play(options: PlayOptions = {}): void {
    this.asked = options;
    const { epochs, speed } = this.setup;
    const passed = (this.snapshot?.epoch ?? 1) - 1;
    this.live?.play({
      ...(speed > 0 && { stepsPerSecond: speed }),
      ...(epochs > passed && { toEpoch: epochs }),
      ...options,
    });
  }

  pause(): void {
    this.live?.pause();
  }

  /** Goes on at another speed, as far as was asked; single batches are over by then. */
  setSpeed(speed: number): void {
    this.setup = { ...this.setup, speed };
    if (this.running && this.asked.steps === undefined) this.play(this.asked);
  }

  /** To the end of the running epoch. */
  epoch(): void {
    this.play({ toEpoch: this.snapshot?.epoch ?? 1 });
  }

  private close(): void {
    this.live?.end();
    this.live = undefined;
    this.data = undefined;
    this.begun = undefined;
    this.snapshot = undefined;
    this.scores = undefined;
    this.views = {};
    this.error = undefined;
    this.remark = undefined;
    this.finding = undefined;
    this.curve = new Curve();
    this.points = [];
  }

  /** The options of a training of the present setup. */
  private options(net: Network, data: PreparedData): LiveOptions {
    const { batch, seed, threads } = this.setup;
    return {
      optimizer: optimizerFor(this.setup),
      batch,
      seed,
      trainingSample: someOf(data.training, scored),
      ...(data.test && { validation: data.test }),
      ...(threads > 0 && { backend: wasmBackend({ threads }) }),
      views: viewsFor(net, data, this.setup),
    };
  }

  private startWorker(net: Network, data: PreparedData): LiveTraining {
    try {
      return liveTrainingInWorker(net, data.training, this.options(net, data));
    } catch (error) {
      return this.startHere(net, data, error);
    }
  }

  /** Without a worker the page itself trains, between its pictures. */
  private startHere(net: Network, data: PreparedData, reason: unknown): LiveTraining {
    if (!(reason instanceof ChainruleError) || reason.code !== 'unsupported') throw reason;
    const hasWasm = canCompile();
    this.remark = new PageError(inEach(words, (w) => (hasWasm ? w.onThePage : w.withoutWasm)));
    const options = this.options(net, data);
    return liveTraining(net, data.training, hasWasm ? options : { ...options, backend: referenceBackend() });
  }

  /** Takes the first snapshot, and goes on looking. */
  private async follow(live: LiveTraining): Promise<void> {
    const [turn, net, data] = [this.turn, this.begun, this.data];
    this.live = live;
    let first: Snapshot;
    try {
      first = await live.look();
    } catch (error) {
      if (turn !== this.turn || net === undefined || data === undefined) return;
      live.end();
      this.live = this.startHere(net, data, error);
      first = await this.live.look();
    }
    if (turn !== this.turn) return;
    this.show(first);
    void this.lookOn(this.live, turn);
  }

  private async lookOn(live: LiveTraining, turn: number): Promise<void> {
    try {
      for (;;) {
        await nextPicture(this.data?.plane ? pace.plane : pace.other);
        const snapshot = await live.look();
        if (turn !== this.turn) return;
        this.show(snapshot);
      }
    } catch (error) {
      if (turn === this.turn) this.error = error;
    }
  }

  private show(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.scores = snapshot.scores ?? this.scores;
    this.views = { ...this.views, ...snapshot.views };
    const point = pointOf(snapshot);
    if (point !== undefined) {
      this.curve.add(point);
      this.points = [...this.curve.all];
    }
    // Without a diagnosis the page still says that training diverged.
    if (snapshot.ending === 'diverged') this.examine(snapshot).catch(() => undefined);
  }

  /** What the doctor says of a training that diverged. */
  private async examine({ divergedAt, network }: Snapshot): Promise<void> {
    const { turn, begun, data, setup } = this;
    if (begun === undefined || data === undefined || divergedAt === undefined) return;
    const { diagnose } = await import('chainrule/doctor');
    const history = this.points.map(({ trainingLoss, epoch }) => ({
      epoch,
      loss: trainingLoss,
      validation: null,
      seconds: 0,
      steps: 0,
    }));
    const result = { network, history, ending: 'diverged', divergedAt } as const;
    const options = { optimizer: optimizerFor(setup), batch: setup.batch, seed: setup.seed };
    const { findings } = diagnose({ network: begun, data: someOf(data.training, 256), options, result });
    if (turn === this.turn) this.finding = findings[0];
  }
}

/** The page's one training. */
export const session = new Session();

/** Whether the page's policy lets it have WebAssembly: the smallest module there is. */
function canCompile(): boolean {
  try {
    return new WebAssembly.Module(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)) !== undefined;
  } catch {
    return false;
  }
}

/** Waits until the page draws again, and for as long as the pace asks. A hidden page draws nothing, and then nobody looks. */
function nextPicture(least: number): Promise<void> {
  const start = performance.now();
  return new Promise((resolve) => {
    const frame = () => {
      if (performance.now() - start >= least - 8) resolve();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
