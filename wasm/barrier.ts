// Where the threads of a job wait for each other. Spins briefly, and only with a processor for each thread; then sleeps.

// Control words of the barrier, behind those of the workers: arrived, generation, asleep.
const arrived: usize = 16;
const generation: usize = 20;
const asleep: usize = 24;

/**
 * Sleeps until woken at `address`, unless something else than `expected` is there. The host's `Atomics.wait`, because V8's
 * baseline compiler (seen in Node 20) forgets local variables across `memory.atomic.wait32`.
 */
@external('env', 'sleep')
export declare function sleep(address: usize, expected: i32): void;

/** Returns when all `threads` have come. `spins` is how often to look before sleeping; negative: never sleep. */
export function meet(control: usize, threads: i32, spins: i32): void {
  const now = atomic.load<i32>(control + generation);
  if (atomic.add<i32>(control + arrived, 1) == threads - 1) {
    atomic.store<i32>(control + arrived, 0);
    atomic.add<i32>(control + generation, 1);
    // Who falls asleep after this look sees the new generation and does not.
    if (atomic.load<i32>(control + asleep) > 0) atomic.notify(control + generation, -1);
    return;
  }
  for (let i = 0; spins < 0 || i < spins; i++) {
    if (atomic.load<i32>(control + generation) != now) return;
  }
  atomic.add<i32>(control + asleep, 1);
  while (atomic.load<i32>(control + generation) == now) sleep(control + generation, now);
  atomic.sub<i32>(control + asleep, 1);
}
