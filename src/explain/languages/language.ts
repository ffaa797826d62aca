// The contract of a language: the words of a derivation. Formulas need none.

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
  readonly headings: {
    readonly forward: string;
    readonly loss: string;
    readonly errors: string;
    readonly gradients: string;
    readonly update: string;
    readonly after: (step: number) => string;
  };
  /** One or two sentences under each heading. */
  readonly remarks: {
    readonly forward: string;
    readonly loss: string;
    readonly errors: string;
    readonly gradients: string;
    readonly update: string;
    readonly frozen: (names: string) => string;
  };
  /** Before the shorter form of δ. */
  readonly simplifies: string;
  /** The layer's name in a subheading. */
  readonly layer: (layer: number, kind: 'hidden' | 'output', type: string) => string;
  readonly longSum: string;
}
