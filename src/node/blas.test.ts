// The blas backend beside the wasm one and the reference, where a library is installed; and what it says where something is missing.
import { spawnSync } from 'node:child_process';
import { fileURLToPath, URL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Backend, type Executable, referenceBackend, wasmBackend } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import { dense } from '../layers/index.ts';
import { random, type Samples, streams } from '../memory/index.ts';
import { type Network, network } from '../network/index.ts';
import { adam, momentum, rmsprop, sgd } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { compile, lower } from '../plan/index.ts';
import { blasBackend } from './blas.ts';

const blas = await blasBackend({ threads: 2 }).catch((error: unknown) => String(error));
const wasm = wasmBackend({ threads: 1 });
afterAll(() => {
  wasm.dispose?.();
  if (typeof blas === 'object') blas.dispose?.();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Every product but the last layer's is above the threshold, and the sizes are no multiples of anything. */
const [batch, inputs, hidden, classes] = [67, 131, 129, 10];
const count = 3 * batch - 20;

const largeNetwork = (options = {}): Network =>
  network([dense(hidden, 'relu'), dense(hidden - 3, 'tanh', { bias: false }), dense(classes, 'softmax')], {
    ...{ input: inputs, loss: 'logLikelihood', seed: 3 },
    ...options,
  });

/** Samples of which most numbers are 0, so that the wasm backend takes the inputs as lists and this one must not. */
function samples(): Samples {
  const numbers = random(5, streams.check);
  let next = 0;
  const input = () => (numbers.uniform(next++) < 0.7 ? 0 : numbers.normal(next++));
  const values = Float32Array.from({ length: count * inputs }, input);
  const labels = Uint32Array.from({ length: count }, () => Math.floor(numbers.uniform(next++) * classes));
  return { inputs: { count, width: inputs, values, scale: 1 }, targets: { count, classes, labels } };
}

const data = samples();
const order = Uint32Array.from({ length: count }, (_, i) => (i * 7) % count);

function prepare(backend: Backend, net: Network, optimizer: Optimizer, keep: readonly string[] = ['loss']): Executable {
  const executable = backend.prepare(lower(compile(net, optimizer), { keep, carry: true }), batch);
  for (const { to } of executable.plan.carries) executable.write(to, executable.read(to).fill(0));
  for (const [name, { data }] of Object.entries(net.parameters)) executable.write(name, data);
  if (executable.plan.places.has('learningRate')) executable.write('learningRate', [optimizer.learningRate]);
  return executable;
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 1e-3);
  const worst = Array.from(expected).reduce((most, x, i) => Math.max(most, Math.abs(found[i] - x)), 0);
  expect(worst).toBeLessThanOrEqual(tolerance * scale);
}

describe('with a library', () => {
  beforeEach(({ skip }) => {
    skip(typeof blas === 'string', String(blas));
  });
  const backend = (): Backend => (typeof blas === 'string' ? wasm : blas);

  test('names itself, its precision and its threads', () => {
    expect(backend()).toMatchObject({ name: 'blas', dtype: 'F32', threads: 2 });
  });

  test('outputs, deltas and gradients of one batch equal the reference', () => {
    const net = largeNetwork({ l2: 0.01 });
    const parameters = Object.keys(net.parameters);
    const keep = [...compile(net, sgd()).slots.keys()].filter(isCompared);
    expect(keep.length).toBeGreaterThan(parameters.length);
    const [found, expected] = [backend(), referenceBackend()].map((each) => {
      const executable = prepare(each, net, sgd(), keep);
      executable.run(data, order.subarray(0, batch));
      return executable;
    });
    for (const slot of keep) expectClose(found.read(slot), expected.read(slot), 2e-5);
    expect(found.fallbacks).toEqual([]);
    found.dispose();
  });

  test.each<[string, Optimizer, object]>([
    ['Adam', adam({ learningRate: 1e-3, epsilon: 1e-4 }), {}],
    ['momentum with penalties', momentum({ learningRate: 0.01 }), { l2: 0.01, l1: 0.001 }],
    ['SGD with a frozen layer', sgd({ learningRate: 0.1 }), { frozen: ['layers.0.weight'] }],
    ['RMSprop', rmsprop({ learningRate: 1e-3, epsilon: 1e-3 }), {}],
  ])(
    'steps of %s, a last batch smaller than the others among them, equal the wasm backend and the reference',
    (_, optimizer, options) => {
      const net = largeNetwork(options);
      const [found, ...others] = [backend(), wasm, referenceBackend()].map((each) => {
        const executable = prepare(each, net, optimizer);
        const result = executable.runSteps(data, order, batch, 1);
        return { executable, result, parameters: Object.keys(net.parameters).map((name) => executable.read(name)) };
      });
      for (const expected of others) {
        expect(found.result).toMatchObject({ steps: 3, samples: count, diverged: false });
        expectClose([found.result.lossSum], [expected.result.lossSum], 1e-5);
        for (const [i, values] of expected.parameters.entries()) expectClose(found.parameters[i], values, 2e-4);
      }
      found.executable.dispose();
    },
  );

  test('parameters are read as they were written', () => {
    const net = largeNetwork();
    const executable = prepare(backend(), net, adam());
    for (const [name, { data }] of Object.entries(net.parameters)) {
      expect(executable.read(name)).toEqual(Float32Array.from(data));
    }
    executable.dispose();
  });

  test('a step that diverges is told of as by the others', () => {
    const layers = [dense(hidden, 'linear'), dense(classes, 'linear')];
    const net = network(layers, { input: inputs, loss: 'quadratic', seed: 3 });
    const [found, expected] = [backend(), wasm].map((each) => {
      const executable = prepare(each, net, sgd({ learningRate: 1e30 }));
      return executable.runSteps(data, order, batch, 1);
    });
    expect(expected).toMatchObject({ diverged: true, steps: 2, samples: batch });
    expect(found).toEqual({ ...expected, lossSum: expect.closeTo(expected.lossSum, 2) });
  });

  test('small networks never leave the tape, and give the bytes of the wasm backend', () => {
    const net = network([dense(8, 'relu'), dense(classes, 'softmax')], {
      input: inputs,
      loss: 'logLikelihood',
      seed: 1,
    });
    const [found, expected] = [backend(), wasm].map((each) => {
      const executable = prepare(each, net, adam());
      executable.runSteps(data, order, batch, 1);
      return executable.read('layers.0.weight');
    });
    expect(found).toEqual(expected);
  });

  test('a process that has used it ends by itself', () => {
    const { stdout, stderr, status } = inChild(`
      const inputs = Array.from({ length: 256 }, () => new Array(128).fill(0.5));
      const targets = new Array(256).fill([1]);
      const net = network([dense(128, 'relu'), dense(1, 'linear')], { input: 128, loss: 'meanSquared' });
      const backend = await blasBackend({ threads: 2 });
      const { history } = await fit(net, datasetFromArrays(inputs, targets), { epochs: 2, batchSize: 128, backend });
      console.log(backend.name, history.length);`);
    expect(stderr).toBe('');
    expect([stdout, status]).toEqual(['blas 2\n', 0]);
  });
});

/** The slots whose numbers do not depend on what else is computed: activations, errors and gradients. */
const isCompared = (name: string) => /^(layers|gradient|loss)/.test(name);

describe('without', () => {
  test('a library that is not there is named, with what to do', async () => {
    await expectUnsupported(
      blasBackend({ library: 'libnothere.so' }),
      /^the BLAS library libnothere\.so cannot be loaded \(.+\); name one/,
    );
  });

  test.runIf(process.platform === 'linux')('a library that is no CBLAS is named, with what it lacks', async () => {
    vi.stubEnv('CHAINRULE_BLAS', 'libm.so.6');
    await expectUnsupported(
      blasBackend(),
      /^the BLAS library libm\.so\.6 has no function cblas_sgemm; name a CBLAS library/,
    );
  });

  test('the settings come before the environment', async () => {
    vi.stubEnv('CHAINRULE_BLAS', 'libelsewhere.so');
    await expectUnsupported(blasBackend({ library: 'libnothere.so' }), /libnothere/);
  });

  test('where none of the usual libraries is, the sentence says what was looked for', async () => {
    const { platform } = process;
    const foreign = platform === 'win32' ? 'linux' : 'win32';
    vi.stubEnv('CHAINRULE_BLAS', '');
    Object.defineProperty(process, 'platform', { value: foreign });
    try {
      await expectUnsupported(
        blasBackend(),
        /^the blas backend found no CBLAS library \(libopenblas.+\); install OpenBLAS/,
      );
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });

  test('koffi is asked for by name', () => {
    const hide = `
      import Module from 'node:module';
      const resolve = Module._resolveFilename;
      Module._resolveFilename = (name, ...rest) => resolve(name === 'koffi' ? 'koffi-is-hidden' : name, ...rest);`;
    const { stdout, stderr } = inChild(
      `${hide}\nawait blasBackend().catch(({ code, message }) => console.log(code, message));`,
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^unsupported the blas backend calls .+ through koffi 3, which cannot be loaded \(.+\); run npm install koffi\.$/m,
    );
  });

  test('a worker thread is told to use another backend', () => {
    const { stdout, stderr } = inChild(`
      import { isMainThread, Worker } from 'node:worker_threads';
      const source = 'import(' + JSON.stringify(node) + ').then(({ blasBackend }) => blasBackend()).catch(({ message }) => console.log(message))';
      new Worker(source, { eval: true });`);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/in a worker thread; use it in the main thread/);
  });
});

async function expectUnsupported(attempt: Promise<Backend>, message: RegExp): Promise<void> {
  const error = await attempt.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ChainruleError);
  expect(error).toMatchObject({ code: 'unsupported', message: expect.stringMatching(message) });
}

/** Runs a module in a process of its own, with the built library. */
function inChild(source: string) {
  const built = (file: string) => JSON.stringify(new URL(`../../dist/${file}`, import.meta.url).href);
  const head = `
    import { datasetFromArrays, dense, fit, network } from ${built('index.js')};
    import { blasBackend } from ${built('node/index.js')};
    const node = ${built('node/index.js')};`;
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const args = ['--input-type=module', '--eval', `${head}\n${source}`];
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8', timeout: 30_000 });
}
