// Processes that run trials side by side. What is run, and in what order, is the search's business.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Run } from 'chainrule/tune';
import { UsageError } from './errors.ts';
import type { TrialSetup } from './tune-trial.ts';
import type { Answer, Order } from './tune-worker.ts';

/** Thrown by what was running when the user interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Up to `jobs` processes, started when they are needed. */
export class TrialPool {
  private readonly setup: TrialSetup;
  private readonly idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();
  private readonly signal: AbortSignal;

  constructor(setup: TrialSetup, signal: AbortSignal) {
    this.setup = setup;
    this.signal = signal;
    signal.addEventListener('abort', () => this.close());
  }

  /**
   * Runs in a process of its own; done when the result is in the file. The caller sees to it that no more run than wanted.
   * @throws Interrupted, or UsageError where the process failed
   */
  async run(run: Run, file: string): Promise<void> {
    if (this.signal.aborted) throw new Interrupted();
    const child = this.idle.pop() ?? this.start();
    const { failed } = await this.answerTo({ run, file }, child, run.name);
    if (failed !== undefined) throw new UsageError(failed);
    this.idle.push(child);
  }

  /** Ends all processes. */
  close(): void {
    for (const child of this.all) child.kill('SIGKILL');
    this.all.clear();
  }

  private start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./tune-worker.js', import.meta.url)), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.all.add(child);
    const order: Order = { setup: this.setup };
    child.send(order);
    return child;
  }

  private answerTo(order: Order, child: ChildProcess, name: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null, signal: string | null) => {
        this.all.delete(child);
        reject(
          this.signal.aborted
            ? new Interrupted()
            : new UsageError(
                `the process of ${name} ended with ${signal ?? `status ${code}`}, perhaps for want of memory; run the same command again to go on, with fewer --jobs.`,
              ),
        );
      };
      child.once('exit', ended);
      child.once('message', (answer) => {
        child.off('exit', ended);
        resolve(isAnswer(answer) ? answer : {});
      });
      child.send(order);
    });
  }
}

/** The other end is this package's own: what comes is an answer. */
const isAnswer = (message: unknown): message is Answer => typeof message === 'object' && message !== null;
