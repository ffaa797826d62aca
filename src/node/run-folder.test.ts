// The folder of a recorded run: bounded however long the run, never half a file, and read as far as it goes.
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeNetwork, type RunDescription } from '../formats/index.ts';
import { dense } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { type FitResult, fitEpochs } from '../train/index.ts';
import { RecordedRun, RunRecorder } from './run-folder.ts';

const net = network([dense(1, 'sigmoid')], { input: 2, seed: 1 });
const data = {
  inputs: [
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  targets: [[0], [0], [1]],
};
const description: RunDescription = {
  chainrule: '0.1.0',
  network: describeNetwork(net, { parameters: false }),
  settings: { seed: 1 },
  data: { name: 'mine' },
  split: { training: 3 },
  backend: { name: 'wasm', dtype: 'F32', threads: 1 },
  firstStep: 1,
};

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'chainrule-run-')), 'run');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

/** Records a run of three steps an epoch; one that is cut is left as it stands after its last epoch. */
async function recorded(epochs: number, { cut = false } = {}): Promise<FitResult | undefined> {
  const recorder = await RunRecorder.begin(folder, description);
  const training = fitEpochs(net, data, { epochs, batch: 1, onStep: recorder.step });
  for (;;) {
    const next = await training.next();
    if (next.done) {
      if (!cut) await recorder.end(next.value);
      return next.value;
    }
    const { network, state } = next.value;
    if (state) await recorder.epoch({ network, state: state() });
  }
}

const checkpoints = () => readdir(join(folder, 'checkpoints'));
const stepsOf = async () => (await checkpoints()).map((name) => Number(name.replace(/\D/g, '')));

describe("a run's folder", () => {
  it('keeps the loss of every step and a checkpoint of every epoch of a short run', async () => {
    await recorded(4);
    const run = await RecordedRun.open(folder);
    expect(run.lastStep).toBe(12);
    expect(run.description.ended).toEqual({ ending: 'epochs', epochs: 4, lastStep: 12 });
    expect([1, 12].map((step) => typeof run.lossOf(step))).toEqual(['number', 'number']);
    expect(run.lossOf(13)).toBeUndefined();
    expect(await stepsOf()).toEqual([3, 6, 9, 12]);
  });

  it('keeps at most 64 checkpoints of a long run, evenly spread, and one more of its end', async () => {
    await recorded(333);
    const steps = await stepsOf();
    expect(steps.length).toBeLessThanOrEqual(64);
    expect(steps.slice(0, -1)).toEqual(Array.from({ length: 41 }, (_, i) => 3 * 8 * (i + 1)));
    expect(steps.at(-1)).toBe(999);
    expect((await RecordedRun.open(folder)).lastStep).toBe(999);
  });

  it('gives the last checkpoint before a step, and none before the first', async () => {
    await recorded(4);
    const run = await RecordedRun.open(folder);
    const found = async (step: number) => (await run.checkpointBefore(step)).checkpoint?.state.steps;
    expect([await found(1), await found(3), await found(4), await found(6), await found(7)]).toEqual([
      undefined,
      undefined,
      3,
      3,
      6,
    ]);
  });

  it('passes over a checkpoint that was cut short, and says so', async () => {
    await recorded(4);
    const [, , third] = await checkpoints();
    await truncate(join(folder, 'checkpoints', third), 300);
    const { checkpoint, damaged } = await (await RecordedRun.open(folder)).checkpointBefore(11);
    expect(checkpoint?.state.steps).toBe(6);
    expect(damaged).toHaveLength(1);
    expect(damaged[0]).toContain(third);
  });

  it('is read as far as it goes where the run was killed, in the middle of a line or of a file', async () => {
    await recorded(4, { cut: true });
    const losses = join(folder, 'losses.csv');
    const text = await readFile(losses, 'utf8');
    await writeFile(losses, `${text}13,0.1`);
    await writeFile(join(folder, 'checkpoints', '.step-0000000015.safetensors.0a1b2c.tmp'), 'half');
    const run = await RecordedRun.open(folder);
    expect(run.description.ended).toBeUndefined();
    expect(run.lastStep).toBe(12);
    expect((await run.checkpointBefore(13)).checkpoint?.state.steps).toBe(12);
  });

  it('knows its steps from the losses where the checkpoints are gone, and the other way round', async () => {
    await recorded(4, { cut: true });
    await rm(join(folder, 'losses.csv'));
    expect((await RecordedRun.open(folder)).lastStep).toBe(12);
    await rm(folder, { recursive: true });
    await recorded(2, { cut: true });
    await rm(join(folder, 'checkpoints'), { recursive: true });
    expect((await RecordedRun.open(folder)).lastStep).toBe(6);
  });

  it('is refused where it holds another run, anything else, or is a file', async () => {
    await recorded(1);
    await expect(RunRecorder.begin(folder, description)).rejects.toThrow(
      `${folder} holds another run; name a new folder to record in, or remove this one.`,
    );
    const other = join(folder, '..', 'other');
    await mkdir(other);
    await RunRecorder.begin(other, description);
    await expect(RunRecorder.begin(join(folder, '..'), description)).rejects.toThrow('is not empty: it holds other');
    await expect(RunRecorder.begin(join(folder, 'run.json'), description)).rejects.toThrow('is a file where');
  });

  it('is named where it holds no run, or a description that is damaged or newer', async () => {
    await mkdir(folder);
    await expect(RecordedRun.open(folder)).rejects.toThrow('holds no recorded run: run.json is not in it');
    const file = join(folder, 'run.json');
    await writeFile(file, '{"formatVersion": 1, "chain');
    await expect(RecordedRun.open(folder)).rejects.toThrow(`${file} is not valid JSON`);
    await writeFile(file, JSON.stringify({ formatVersion: 1, ...description, data: 3 }));
    await expect(RecordedRun.open(folder)).rejects.toThrow(file);
    await writeFile(file, JSON.stringify({ ...description, formatVersion: 2 }));
    await expect(RecordedRun.open(folder)).rejects.toThrow('use the chainrule that wrote it');
  });
});
