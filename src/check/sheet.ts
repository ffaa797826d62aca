// A worksheet as data: what it is about, and what a student wrote on it, word for word. Reading, writing and marking live elsewhere.
import type { Nested } from '../memory/index.ts';

/** One line of a sheet, as it stands there. */
export interface SheetEntry {
  /** A canonical name (`layers.1.delta[0]`, `after.1.loss`) or a symbol of a notation (`δ_o1`). */
  readonly quantity: string;
  /** What the student wrote: `0.138`, `3/7`; empty where nothing is filled in. */
  readonly value: string;
}

/** The optimizer that a sheet names: `momentum`, and its settings where they are not the defaults. */
export interface SheetOptimizer {
  readonly name: string;
  readonly settings: Readonly<Record<string, number>>;
}

/**
 * A worksheet. In text its settings are lines such as `# learning rate: 0.5` before the entries.
 *
 * Quantities of the first step have their plain names; `after.1.` in front means one step later: `after.1.layers.0.z[0]`
 * is read with the updated parameters, `after.1.layers.0.delta[0]` belongs to the second step.
 */
export interface Sheet {
  /** `example:mazur`, a path, or the network itself as the data of a network file. `# network: …`, `{…}` on one line */
  readonly network?: string | Readonly<Record<string, unknown>>;
  /** The batch; the network's own sample where absent. `# inputs: [[0.05, 0.1]]`; `# input: 0.05, 0.1` for one sample */
  readonly inputs?: readonly Nested[];
  /** `# targets: [[0.01, 0.99]]`; `# target: 0.01, 0.99` */
  readonly targets?: readonly Nested[];
  /** `# learning rate: 0.5` */
  readonly learningRate?: number;
  /** Gradient descent where absent. `# optimizer: momentum momentum=0.9` */
  readonly optimizer?: SheetOptimizer;
  /** How many steps of training the exercise asks for. `# steps: 2` */
  readonly steps?: number;
  /** `# notation: mazur` */
  readonly notation?: string;
  /** `# language: zh` */
  readonly language?: string;
  /** Who filled it in. `# name: …` */
  readonly student?: string;
  readonly entries: readonly SheetEntry[];
}
