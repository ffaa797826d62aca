// Runs ONNX models by onnxruntime-web, as WebAssembly in this process. No test: what the tests of ONNX share.
import { env, InferenceSession, Tensor } from 'onnxruntime-web';

env.wasm.numThreads = 1;
env.logLevel = 'error';

/** What one input is given: its numbers and its shape. */
export interface Feed {
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** The numbers of `output` for these inputs. */
export async function runOnnx(model: Uint8Array, feeds: Readonly<Record<string, Feed>>): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  const inputs = Object.entries(feeds).map(([name, { shape, values }]): [string, Tensor] => [
    name,
    values instanceof BigInt64Array ? new Tensor('int64', values, shape) : new Tensor('float32', values, shape),
  ]);
  const { output } = await session.run(Object.fromEntries(inputs));
  await session.release();
  if (output.data instanceof Float32Array) return output.data;
  throw new Error(`output is ${output.type}`);
}
