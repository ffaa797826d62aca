// The way to the desk: a thread of its own; where the page may have none, the page itself, which then stands still meanwhile.
import { ChainruleError } from 'chainrule';
import type { HtmlEquation } from 'chainrule/explain/html';
import { inEach, PageError } from '../words/sentences.ts';
import { type Answer, type Call, carryOut, type Outcome, type Task } from './desk-call.ts';
import type { Form, Made, MakeRequest, Marked, QuantityRequest, SheetRequest } from './protocol.ts';
import { words } from './words.ts';

interface Waiting {
  readonly call: Call;
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

let worker: Worker | undefined;
let threadless = $state(false);
let count = 0;
const waiting = new Map<number, Waiting>();

/** Whether there is no thread for the desk, so that the page waits for it. */
export const isThreadless = (): boolean => threadless;

/** Marks a sheet. */
export async function mark(request: SheetRequest): Promise<Marked> {
  const outcome = await send({ task: 'mark', request });
  if (outcome.task !== 'mark') throw wrongAnswer();
  return outcome.value;
}

/** Lays a sheet out as a form. */
export async function formOf(request: SheetRequest): Promise<Form> {
  const outcome = await send({ task: 'form', request });
  if (outcome.task !== 'form') throw wrongAnswer();
  return outcome.value;
}

/** Works a quantity out. */
export async function derive(request: QuantityRequest): Promise<readonly HtmlEquation[]> {
  const outcome = await send({ task: 'derive', request });
  if (outcome.task !== 'derive') throw wrongAnswer();
  return outcome.value;
}

/** Makes a worksheet. */
export async function make(request: MakeRequest): Promise<Made> {
  const outcome = await send({ task: 'make', request });
  if (outcome.task !== 'make') throw wrongAnswer();
  return outcome.value;
}

/** Gives up whatever the desk is at. */
export function stopDesk(): void {
  worker?.terminate();
  worker = undefined;
  failAll(() => new PageError(inEach(words, (w) => w.stopped)));
}

const wrongAnswer = () => new Error('the desk answered another question');

function send(task: Task): Promise<Outcome> {
  count += 1;
  // What a component holds is a proxy, which cannot be sent.
  const call: Call = { ...$state.snapshot(task), number: count };
  return new Promise((resolve, reject) => {
    waiting.set(call.number, { call, resolve, reject });
    if (!threadless) worker ??= started();
    if (worker === undefined) void inPage(call.number);
    else worker.postMessage(call);
  });
}

function started(): Worker | undefined {
  try {
    const thread = new Worker(new URL('./desk-worker.ts', import.meta.url), { type: 'module' });
    thread.addEventListener('message', ({ data }: MessageEvent<Answer>) => settle(data));
    // It could not begin: a policy forbids it, or its file did not come. What it does wrong later it says in its answers.
    thread.addEventListener('error', (event) => {
      event.preventDefault();
      withoutThread();
    });
    return thread;
  } catch {
    threadless = true;
    return undefined;
  }
}

function withoutThread(): void {
  threadless = true;
  worker?.terminate();
  worker = undefined;
  for (const number of waiting.keys()) void inPage(number);
}

async function inPage(number: number): Promise<void> {
  const one = waiting.get(number);
  if (one === undefined) return;
  waiting.delete(number);
  try {
    const { desk } = await import('./desk.ts');
    one.resolve(carryOut(desk, one.call));
  } catch (error) {
    one.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

function settle(answer: Answer): void {
  const one = waiting.get(answer.number);
  waiting.delete(answer.number);
  if ('outcome' in answer) one?.resolve(answer.outcome);
  else if ('texts' in answer) one?.reject(new PageError(answer.texts));
  else one?.reject(new ChainruleError('bad-data', answer.sentence));
}

function failAll(error: () => Error): void {
  for (const { reject } of waiting.values()) reject(error());
  waiting.clear();
}
