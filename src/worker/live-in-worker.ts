// A live training off the page's thread: `liveTraining` in a worker of its own, which ends with it.
import { ChainruleError } from '../errors.ts';
import { type Network, withParameters } from '../network/index.ts';
import type { LiveOptions, LiveTraining, PlayOptions, Snapshot, TrainingData } from '../train/index.ts';
import type { Reply, Request } from './messages.ts';
import { liveParcel } from './send.ts';
import { type BrowserWorker, errorFrom, notData, noWorker, startWorker } from './start-worker.ts';

/**
 * Begins a training as `liveTraining` does, but in a worker: the page stays free. While nobody looks it trains on and nothing is
 * sent, so that a hidden page has nothing to catch up with.
 * @example
 * const training = liveTrainingInWorker(net, data, { optimizer: adam() });
 * training.play();
 * const draw = async () => { show(await training.look()); requestAnimationFrame(draw); };
 * @throws ChainruleError `unsupported` where the network or an option has code of its own, or no worker can be had; else as
 *   `liveTraining`, when it is first looked at
 */
export function liveTrainingInWorker(net: Network, data: TrainingData, options: LiveOptions = {}): LiveTraining {
  return new DistantTraining(net, data, options);
}

class DistantTraining implements LiveTraining {
  private readonly net: Network;
  private readonly worker: BrowserWorker;
  private looking: { resolve(snapshot: Snapshot): void; reject(error: unknown): void } | undefined;
  private failure: unknown;

  constructor(net: Network, data: TrainingData, options: LiveOptions) {
    const { buffers, ...sent } = liveParcel(net, data, options);
    this.net = net;
    this.worker = startWorker();
    this.worker.onmessage = ({ data: reply }) => this.hear(reply);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.fail(noWorker(event.message));
    };
    try {
      this.worker.postMessage({ type: 'live', ...sent }, buffers);
    } catch (error) {
      this.worker.terminate();
      throw notData(error);
    }
  }

  play(options: PlayOptions = {}): void {
    this.tell({ type: 'play', options });
  }

  pause(): void {
    this.tell({ type: 'pause' });
  }

  look(): Promise<Snapshot> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) return reject(this.failure);
      this.looking = { resolve, reject };
      this.tell({ type: 'look' });
    });
  }

  end(): void {
    this.worker.terminate();
    this.fail(new ChainruleError('bad-option', 'the live training is over; begin another one.'));
  }

  private tell(request: Request): void {
    if (this.failure === undefined) this.worker.postMessage(request, []);
  }

  private hear(reply: Reply): void {
    if (reply.type === 'error') this.fail(errorFrom(reply));
    else if (reply.type === 'snapshot') {
      const { parameters, ...snapshot } = reply.snapshot;
      this.looking?.resolve({ ...snapshot, network: withParameters(this.net, parameters) });
      this.looking = undefined;
    }
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.looking?.reject(this.failure);
    this.looking = undefined;
  }
}
