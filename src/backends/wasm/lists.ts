// Lists of what is not zero in a batch's rows, as instructions name them: the samples' sparse inputs, or what is behind a ReLU.

/** Where lists are. */
export interface SparseLists {
  /** Where sample 0's list begins, bytes from one list to the next, and where the ends are. */
  readonly address: number;
  readonly distance: number;
  readonly stops: number;
  /** The share of numbers that are not zero. */
  readonly density: number;
  /** Where the ends of each list's blocks are; undefined where lists are not cut. */
  readonly cuts?: number;
  /** What they are called among the slots that instructions touch; undefined where they go with the input. */
  readonly name?: string;
}

/** The name of lists of their own. */
export const named = ({ name }: SparseLists): string[] => (name === undefined ? [] : [name]);
