// What an executable holds in the engine's memory beside its slots: tapes, the order of rows, the data bound to it.
import type { Binding } from './data.ts';
import type { Engine } from './engine.ts';
import type { Lowered } from './lower.ts';

/** A stretch of the engine's memory. */
interface Stretch {
  readonly address: number;
  readonly bytes: number;
}

/** What an executable holds in the engine's memory, given back when it is disposed of or forgotten. */
export class Holdings {
  private readonly engine: Engine;
  private readonly lowered: Lowered;
  private readonly capacity: number;
  /** What each tape takes: the one for single batches, and the one for the data bound last. */
  private readonly tapes = { single: [] as Stretch[], bound: [] as Stretch[] };
  private order = { address: 0, rows: 0 };
  binding: Binding | undefined;

  constructor(engine: Engine, lowered: Lowered, capacity: number) {
    this.engine = engine;
    this.lowered = lowered;
    this.capacity = capacity;
  }

  reserve(tape: 'single' | 'bound', bytes: number): number {
    const address = this.engine.allocate(bytes);
    this.tapes[tape].push({ address, bytes });
    return address;
  }

  releaseTape(tape: 'single' | 'bound'): void {
    for (const { address, bytes } of this.tapes[tape].splice(0)) this.engine.release(address, bytes);
  }

  /** The rows to go through, where the tape can see them. */
  placeOrder(order: Uint32Array): number {
    if (order.length > this.order.rows) {
      if (this.order.rows > 0) this.engine.release(this.order.address, this.order.rows * 4);
      const rows = Math.max(order.length, this.capacity);
      this.order = { address: this.engine.allocate(rows * 4), rows };
    }
    this.engine.words(this.order.address, order.length).set(order);
    return this.order.address;
  }

  release(): void {
    this.binding?.release();
    this.binding = undefined;
    this.lowered.layout.release();
    if (this.order.rows > 0) this.engine.release(this.order.address, this.order.rows * 4);
    this.order = { address: 0, rows: 0 };
    this.releaseTape('single');
    this.releaseTape('bound');
  }
}
