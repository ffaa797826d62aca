// Training off the page's thread: `fit` and `fitEpochs` in a worker of their own, which ends with them.
import { type Network, withParameters } from '../network/index.ts';
import type { Epoch, FitResult, TrainingData } from '../train/index.ts';
import type { Answer, Reply, Request } from './messages.ts';
import { parcel, type WorkerFitOptions } from './send.ts';
import { type BrowserWorker, errorFrom, notData, noWorker, startWorker } from './start-worker.ts';

/**
 * Trains a network as `fit` does and with the same result, but in a worker: the page stays free.
 * @example
 * const { network: trained } = await fitInWorker(net, data, { epochs: 100, optimizer: adam(), signal });
 * @throws ChainruleError `unsupported` where the network or an option has code of its own, or no worker can be had; else as `fit`
 */
export async function fitInWorker(
  net: Network,
  data: TrainingData,
  options: WorkerFitOptions = {},
): Promise<FitResult> {
  const training = new Training(net, data, options);
  try {
    const answer = await training.ask({ type: 'fit' });
    if (answer.type === 'result') return resultOf(net, answer);
    throw new Error('the worker answered with an epoch');
  } finally {
    training.end();
  }
}

/**
 * Trains like {@link fitInWorker}, handing out each epoch as it ends; the next begins when it is asked for, and leaving the
 * loop stops training. The epochs' `state` is left out; the result has one.
 * @example
 * for await (const { epoch, loss, network } of fitEpochsInWorker(net, data)) if (loss < 0.01) break;
 */
export async function* fitEpochsInWorker(
  net: Network,
  data: TrainingData,
  options: WorkerFitOptions = {},
): AsyncGenerator<Epoch, FitResult> {
  const training = new Training(net, data, options);
  try {
    for (;;) {
      const answer = await training.ask({ type: 'epoch' });
      if (answer.type === 'result') return resultOf(net, answer);
      yield { ...answer.epoch, network: withParameters(net, answer.parameters) };
    }
  } finally {
    training.end();
  }
}

function resultOf(net: Network, { result, parameters }: Extract<Answer, { type: 'result' }>): FitResult {
  return { ...result, network: withParameters(net, parameters) };
}

/** One worker with one training, which answers one question at a time. */
class Training {
  private readonly worker: BrowserWorker;
  private readonly options: WorkerFitOptions;
  private asked: { resolve(answer: Answer): void; reject(error: unknown): void } | undefined;
  private failure: unknown;

  constructor(net: Network, data: TrainingData, options: WorkerFitOptions) {
    this.options = options;
    const { fit, buffers } = parcel(net, data, options);
    this.worker = startWorker();
    this.worker.onmessage = ({ data: reply }) => this.hear(reply);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.fail(noWorker(event.message));
    };
    try {
      this.worker.postMessage({ type: 'prepare', fit }, buffers);
    } catch (error) {
      this.worker.terminate();
      throw notData(error);
    }
    options.signal?.addEventListener('abort', this.abort);
  }

  /** The answer to a question. */
  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) return reject(this.failure);
      this.asked = { resolve, reject };
      this.worker.postMessage(request, []);
    });
  }

  /** Ends the worker. */
  end(): void {
    this.options.signal?.removeEventListener('abort', this.abort);
    this.worker.terminate();
  }

  private readonly abort = (): void => this.worker.postMessage({ type: 'abort' }, []);

  private hear(reply: Reply): void {
    if (reply.type === 'error') this.fail(errorFrom(reply));
    else if (reply.type === 'epoch' || reply.type === 'result') this.asked?.resolve(reply);
    else if (reply.type === 'progress') {
      try {
        this.options.onProgress?.(reply.progress);
      } catch (error) {
        this.fail(error);
      }
    }
  }

  private fail(error: unknown): void {
    this.failure = error;
    this.asked?.reject(error);
  }
}
