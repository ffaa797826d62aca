// The contract of a language: the words of a derivation. Formulas need none, long sums excepted.
import type { Recorded } from '../derivation.ts';
import type { Conventions } from '../notations/notation.ts';

/** The words around the formulas. */
export interface Language {
  readonly name: string;
  readonly title: (step: number) => string;
  /** Under the title: what the step is done on. */
  readonly setting: (settings: {
    readonly notation: string;
    readonly samples: number;
    readonly learningRate: string;
  }) => string;
  /** Before the setting, where the step is one of a recorded run. */
  readonly recorded: (
    origin: Pick<Recorded, 'run' | 'data' | 'epoch' | 'stepInEpoch' | 'rows'> & { readonly step: number },
  ) => string;
  /** How rows of raw data became the samples; rows count from 1. */
  readonly data: {
    readonly heading: string;
    readonly remark: (source: string, rows: readonly number[]) => string;
    /** Of an image, how many bytes it has and how many are not 0. */
    readonly bytes: (row: number, count: number, drawn: number) => string;
    readonly row: (row: number) => string;
    /** In place of an empty cell. */
    readonly missing: string;
    readonly filled: (fill: string) => string;
    /** The categories or classes that the numbers below stand for, in their order. */
    readonly levels: (names: readonly string[]) => string;
    /** Between these. */
    readonly comma: string;
  };
  readonly headings: {
    readonly forward: string;
    readonly loss: string;
    readonly errors: string;
    readonly gradients: string;
    readonly update: string;
    readonly after: (step: number) => string;
    /** Over the drawing of the network. */
    readonly network: string;
  };
  /** One or two sentences under each heading, as the notation has it. */
  readonly remarks: {
    readonly forward: (conventions: Conventions) => string;
    readonly loss: () => string;
    readonly errors: (conventions: Conventions) => string;
    readonly gradients: (conventions: Conventions) => string;
    readonly update: (conventions: Conventions) => string;
    readonly frozen: (names: readonly string[]) => string;
    /** Where the matrix form is shown for several samples. */
    readonly batch: (conventions: Conventions) => string;
  };
  /** Over the same equations in either form. */
  readonly forms: Readonly<Record<'matrices' | 'elements', string>>;
  /** Before the shorter form of δ, by the kernel that computes it; `other` for those of a reader's own. */
  readonly simplifies: Readonly<Record<'outputError' | 'softmaxOutputError' | 'other', string>>;
  /** Before a gradient by central differences. */
  readonly proof: (error: string) => string;
  /** Before what a recorded training itself got. */
  readonly trained: (precision: string) => string;
  /** Before the facts of matrices that are too large to show. */
  readonly sizes: string;
  /** The layer's name in a subheading. */
  readonly layer: (layer: number, kind: 'hidden' | 'output', type: string) => string;
  /** The rest of a long sum, over symbols and before the number that it comes to. */
  readonly moreTerms: (count: number) => string;
  readonly moreTermsThatSum: (count: number) => string;
  readonly notes: {
    /** What ≈ means. */
    readonly rounded: string;
    /** Instead of the quantities of a network that has too many, where there is one to name. */
    readonly large: string;
  };
  /** The words of the drawing. */
  readonly drawing: {
    readonly input: string;
    readonly layer: (layer: number, type: string) => string;
    /** For readers who cannot see it. */
    readonly description: (layers: string) => string;
    readonly path: (quantity: string) => string;
  };
}
