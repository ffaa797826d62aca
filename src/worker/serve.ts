// The worker's side: it is sent one training and runs it, all at once or an epoch for each time it is asked.
import { ChainruleError } from '../errors.ts';
import { networkFrom } from '../formats/index.ts';
import { withParameters } from '../network/index.ts';
import { type Epoch, type FitResult, fitEpochs, type LiveTraining, liveTraining } from '../train/index.ts';
import type { Answer, Reply, Request, SentFit, SentLooks } from './messages.ts';
import { backendFrom, optimizerFrom, scheduleFrom } from './rules.ts';

/** Answers what a page asks; the function it gives takes the page's messages. */
export function serve(post: (reply: Reply) => void): (request: Request) => Promise<void> {
  const abort = new AbortController();
  let epochs: AsyncGenerator<Epoch, FitResult> | undefined;
  let live: LiveTraining | undefined;
  return async (request) => {
    try {
      if (request.type === 'live') live = beginLive(request.fit, request.looks);
      else if (request.type === 'play') live?.play(request.options);
      else if (request.type === 'pause') live?.pause();
      else if (request.type === 'look') await look(live, post);
      else if (request.type === 'prepare') epochs = begin(request.fit, abort, post);
      else if (request.type === 'abort') abort.abort();
      else if (epochs !== undefined) post(await (request.type === 'fit' ? run(epochs) : next(epochs)));
    } catch (error) {
      post(failure(error));
    }
  };
}

function begin(fit: SentFit, abort: AbortController, post: (reply: Reply) => void): AsyncGenerator<Epoch, FitResult> {
  const { data, schedule, progress, aborted } = fit;
  if (aborted) abort.abort();
  const { net, options } = unpack(fit);
  return fitEpochs(net, data, {
    ...options,
    ...(schedule && { schedule: scheduleFrom(schedule) }),
    ...(progress && { onProgress: (progress) => post({ type: 'progress', progress }) }),
    signal: abort.signal,
  });
}

function beginLive(fit: SentFit, looks: SentLooks): LiveTraining {
  const { net, options } = unpack(fit);
  return liveTraining(net, fit.data, { ...options, ...looks });
}

/** The network, and the options that any training has. */
function unpack({ network, validation, optimizer, backend, options }: SentFit) {
  const net = withParameters(networkFrom(network.description, 'the network'), network.parameters);
  const [chosenOptimizer, chosenBackend] = [optimizer && optimizerFrom(optimizer), backend && backendFrom(backend)];
  return {
    net,
    options: {
      ...options,
      ...(validation && { validation }),
      ...(chosenOptimizer && { optimizer: chosenOptimizer }),
      ...(chosenBackend && { backend: chosenBackend }),
    },
  };
}

async function look(live: LiveTraining | undefined, post: (reply: Reply) => void): Promise<void> {
  if (live === undefined) return;
  const { network, ...snapshot } = await live.look();
  post({ type: 'snapshot', snapshot: { ...snapshot, parameters: network.parameters } });
}

/** The answer to all epochs there are. */
async function run(epochs: AsyncGenerator<Epoch, FitResult>): Promise<Answer> {
  for (;;) {
    const answer = await next(epochs);
    if (answer.type === 'result') return answer;
  }
}

async function next(epochs: AsyncGenerator<Epoch, FitResult>): Promise<Answer> {
  const { done, value } = await epochs.next();
  if (done) {
    const { network, ...result } = value;
    return { type: 'result', result, parameters: network.parameters };
  }
  // The state is read on demand, which is not possible from another thread; the result has the last one.
  const { network, state: _, ...epoch } = value;
  return { type: 'epoch', epoch, parameters: network.parameters };
}

function failure(error: unknown): Reply {
  const code = error instanceof ChainruleError ? error.code : undefined;
  return { type: 'error', code, message: error instanceof Error ? error.message : String(error) };
}
