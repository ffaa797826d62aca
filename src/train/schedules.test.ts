// Schedules: their factors against PyTorch's schedulers of the same name, and what training makes of them.
import { describe, expect, test } from 'vitest';
import { train } from '../../test/exact.ts';
import { dense } from '../layers/index.ts';
import { sameTensor } from '../memory/index.ts';
import { network } from '../network/index.ts';
import { sgd } from '../optimizers/index.ts';
import * as schedules from './schedules.ts';

type Schedule = schedules.Schedule;

const place = { epoch: 1, epochs: 8, step: 1, steps: 10, history: [] };
const byEpoch = (schedule: Schedule, epochs: number) =>
  Array.from({ length: epochs }, (_, i) => schedule.factor({ ...place, epoch: i + 1, epochs }));
const byStep = (schedule: Schedule, steps: number) =>
  Array.from({ length: steps }, (_, i) => schedule.factor({ ...place, step: i + 1, steps }));

function expectClose(found: readonly (number | null)[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i], `factor ${i}`).toBeCloseTo(value, 14);
}

describe('factors are those of PyTorch', () => {
  test('step: StepLR(3, 0.5)', () => {
    expectClose(byEpoch(schedules.step({ every: 3, factor: 0.5 }), 8), [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]);
  });

  test('exponential: ExponentialLR(0.9)', () => {
    expectClose(byEpoch(schedules.exponential({ factor: 0.9 }), 4), [1, 0.9, 0.81, 0.729]);
  });

  test('cosine: CosineAnnealingLR(8, 0.1)', () => {
    const wanted = [1, 0.9657457896300791, 0.8681980515339464, 0.7222075445642905, 0.55, 0.3777924554357097];
    expectClose(byEpoch(schedules.cosine({ least: 0.1 }), 8), [...wanted, 0.2318019484660537, 0.134254210369921]);
  });

  test('oneCycle: OneCycleLR(total_steps=10)', () => {
    const down = [0.9504846320134737, 0.8117456539497631, 0.6112620219362893, 0.38874197806371075];
    const wanted = [0.04, 0.52, 1, ...down, 0.18825834605023697, 0.049519367986526286, 4e-6];
    expectClose(byStep(schedules.oneCycle(), 10), wanted);
  });
});

test('oneCycle has a factor for every step of the shortest trainings', () => {
  for (const steps of [1, 2, 3, 4]) {
    for (const factor of byStep(schedules.oneCycle(), steps)) expect(factor).toSatisfy(Number.isFinite);
  }
});

test('warmUp rises to 1 in equal steps and hands over to the schedule after it', () => {
  expectClose(byStep(schedules.warmUp({ steps: 4 }), 6), [0.25, 0.5, 0.75, 1, 1, 1]);
  const after = schedules.warmUp({ steps: 4 }, schedules.exponential({ factor: 0.5 }));
  expect(after.factor({ ...place, step: 2, epoch: 2 })).toBe(0.25);
});

describe('plateaus', () => {
  const epochs = (losses: readonly number[]) => losses.map((loss) => ({ loss, validation: null }));
  const scored = (accuracies: readonly number[]) =>
    accuracies.map((accuracy, i) => ({ loss: 1 / (i + 1), validation: { samples: 1, loss: 1 / (i + 1), accuracy } }));

  test('are as many epochs in a row without a new best', () => {
    const schedule = schedules.reduceOnPlateau({ patience: 2, factor: 0.5 });
    const factor = (losses: readonly number[]) => schedule.factor({ ...place, history: epochs(losses) });
    expect(
      [
        [3, 2, 1],
        [3, 2, 2],
        [3, 2, 2, 2],
        [3, 2, 2, 2, 1, 2],
        [3, 2, 2, 2, 2, 2],
      ].map(factor),
    ).toEqual([1, 1, 0.5, 0.5, 0.25]);
  });

  test('do not take the rate below the least', () => {
    const schedule = schedules.reduceOnPlateau({ patience: 1, factor: 0.1, least: 0.05 });
    expect(schedule.factor({ ...place, history: epochs([1, 1, 1, 1]) })).toBe(0.05);
  });

  test('halve the rate until it would be 1/128, which ends training', () => {
    const schedule = schedules.halving({ patience: 1 });
    const after = (count: number) =>
      schedule.factor({ ...place, history: epochs(new Array<number>(count + 1).fill(1)) });
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(after)).toEqual([1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, null]);
  });

  test('may be those of the validation accuracy, though the loss goes on falling', () => {
    const history = scored([0.5, 0.6, 0.6, 0.6]);
    expect(schedules.halving({ patience: 2, watch: 'accuracy' }).factor({ ...place, history })).toBe(0.5);
    expect(schedules.halving({ patience: 2 }).factor({ ...place, history })).toBe(1);
  });
});

describe('training under a schedule', () => {
  const line = {
    inputs: Array.from({ length: 10 }, (_, i) => [i / 10]),
    targets: Array.from({ length: 10 }, (_, i) => [(2 * i) / 10 - 1]),
  };
  const neuron = () => network([dense(1)], { input: 1, seed: 1 });
  const options = { batch: 3, seed: 4 };

  test('by epochs is that of trainings with each rate in turn', async () => {
    const schedule = schedules.step({ every: 1, factor: 0.5 });
    const scheduled = await train(neuron(), line, {
      ...options,
      optimizer: sgd({ learningRate: 0.4 }),
      epochs: 2,
      shuffle: false,
      schedule,
    });
    const plain = { ...options, epochs: 1, shuffle: false };
    const first = await train(neuron(), line, { ...plain, optimizer: sgd({ learningRate: 0.4 }) });
    const second = await train(first.network, line, { ...plain, optimizer: sgd({ learningRate: 0.2 }) });
    expect(scheduled.history.map(({ learningRate }) => learningRate)).toEqual([0.4, 0.2]);
    for (const name of ['layers.0.weight', 'layers.0.bias']) {
      expect(sameTensor(scheduled.network.parameters[name], second.network.parameters[name]), name).toBe(true);
    }
  });

  test('by steps gives each step its own rate, however the steps are cut into chunks', async () => {
    const asked: number[] = [];
    const schedule: Schedule = {
      name: 'noted',
      every: 'step',
      factor({ step, steps }) {
        asked.push(step);
        expect(steps).toBe(4 * 50);
        return 1 / step;
      },
    };
    const { history } = await train(neuron(), line, { ...options, optimizer: sgd(), epochs: 50, schedule });
    expect([...new Set(asked)]).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(history[49].learningRate).toBe(0.1 / 200);
  });

  test('ends when the schedule says so', async () => {
    const schedule = schedules.halving({ patience: 1, halvings: 2 });
    const flat = { inputs: [[0]], targets: [[0]] };
    const { ending, history } = await train(neuron(), flat, { optimizer: sgd(), epochs: 100, schedule });
    expect({ ending, epochs: history.length }).toEqual({ ending: 'schedule', epochs: 3 });
  });

  test('by steps may end in the middle of an epoch, with the parameters found so far', async () => {
    const until: Schedule = { name: 'until', every: 'step', factor: ({ step }) => (step <= 6 ? 1 : null) };
    const options = { batch: 3, shuffle: false, optimizer: sgd({ learningRate: 0.1 }) };
    const ended = await train(neuron(), line, { ...options, epochs: 5, schedule: until });
    expect(ended).toMatchObject({ ending: 'schedule', steps: 6 });
    expect(ended.history.length).toBe(1);
    const four = await train(neuron(), line, { ...options, epochs: 1 });
    const two = { inputs: line.inputs.slice(0, 6), targets: line.targets.slice(0, 6) };
    const six = await train(four.network, two, { ...options, epochs: 1 });
    for (const [name, tensor] of Object.entries(six.network.parameters)) {
      expect(sameTensor(ended.network.parameters[name], tensor), name).toBe(true);
    }
  });

  test('that diverges goes back to the parameters before the leap, at the rates they were found with', async () => {
    const leap: Schedule = { name: 'leap', every: 'step', factor: ({ step }) => (step === 7 ? 1e200 : 1 / step) };
    const common = { batch: 3, shuffle: false, optimizer: sgd({ learningRate: 0.1 }) };
    const diverged = await train(neuron(), line, { ...common, epochs: 5, schedule: leap });
    expect(diverged).toMatchObject({ ending: 'diverged', divergedAt: { epoch: 2, step: 4 } });
    // Six steps by hand: an epoch of four, and two of the next.
    const rates: Schedule = { name: 'rates', every: 'step', factor: ({ step }) => 1 / step };
    const later: Schedule = { name: 'later', every: 'step', factor: ({ step }) => 1 / (step + 4) };
    const four = await train(neuron(), line, { ...common, epochs: 1, schedule: rates });
    const two = { inputs: line.inputs.slice(0, 6), targets: line.targets.slice(0, 6) };
    const six = await train(four.network, two, { ...common, epochs: 1, schedule: later });
    for (const [name, tensor] of Object.entries(six.network.parameters)) {
      expect(sameTensor(diverged.network.parameters[name], tensor), name).toBe(true);
    }
  });
});
