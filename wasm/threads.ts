// Threads over one memory: the barrier they meet at, and what a worker does with its life.
import { sleep } from './barrier';
import { runJob } from './tape';

// Control words: the job announced (its number · 256 + how many threads it takes, so that both are read at once), its address,
// whether to end, workers that are there. The barrier's follow.
const announced: usize = 0;
const job: usize = 4;
const ending: usize = 8;
const present: usize = 12;

/** A worker: takes a number, then carries out its share of each job that has a place for it, until told to end. */
export function serve(control: usize): void {
  const thread = atomic.add<i32>(control + present, 1) + 1;
  let seen = 0;
  for (;;) {
    sleep(control + announced, seen);
    const now = atomic.load<i32>(control + announced);
    if (now == seen) continue;
    seen = now;
    if (atomic.load<i32>(control + ending)) return;
    const address = <usize>atomic.load<i32>(control + job);
    if (thread < (now & 255)) runJob(address, thread);
  }
}
