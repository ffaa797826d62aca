// What an exercise is made from: a network, or the shape of a random one, what is asked and how numbers are written.
import * as z from 'zod/mini';
import { ChainruleError } from '../../errors.ts';
import type { Batch } from '../../explain/gradients.ts';
import { languages, notations } from '../../explain/index.ts';
import type { ActivationName } from '../../layers/dense.ts';
import type { LossName, Network } from '../../network/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { count, parseWith, positive, seed, size, strict } from '../../options.ts';

/** The parts of a step, in the order of working; `all` means every one. */
export const askable = ['forward', 'loss', 'delta', 'gradients', 'updates'] as const;

/** A part of a step. */
export type Part = (typeof askable)[number];

/** How given numbers are written: 0.35, 7/20 or 3.5e-1. */
export const numberFormats = ['decimal', 'fraction', 'scientific'] as const;
/** How the numbers of a random worksheet are written. */
export type NumberFormat = (typeof numberFormats)[number];

/** The shape of a random network. */
export interface RandomNetwork {
  /** Inputs, then the units of each layer, `[2, 3, 2]`; two inputs and outputs and hidden layers of 2 or 3 unless given. */
  readonly widths?: readonly number[] | undefined;
  /** Hidden layers, where no widths are given; 1 unless given. */
  readonly depth?: number | undefined;
  /** Of the hidden layers; sigmoid unless given. */
  readonly activation?: ActivationName | undefined;
  /** Of the outputs; what suits the loss unless given. */
  readonly outputActivation?: ActivationName | undefined;
  /** Quadratic unless given, or the log-likelihood behind a softmax. */
  readonly loss?: LossName | undefined;
  /** c in c/2 Σ w²; 0 unless given. */
  readonly l2?: number | undefined;
  /** c in c Σ |w|; 0 unless given. */
  readonly l1?: number | undefined;
}

/** What {@link worksheet} makes an exercise from. */
export interface WorksheetOptions {
  /** The network; without it a random one is made. */
  readonly network?: Network | undefined;
  /** What to write for the network instead of its description: `example:mazur`. */
  readonly networkName?: string | undefined;
  readonly random?: RandomNetwork | undefined;
  /** The samples; drawn unless given, where the network has no sample of its own. */
  readonly batch?: Batch | undefined;
  /** How many samples to draw; 1 unless given. */
  readonly samples?: number | undefined;
  /** Whether a given network's parameters and samples are drawn anew; false unless given. */
  readonly redraw?: boolean | undefined;
  /** Gradient descent unless given. */
  readonly optimizer?: Optimizer | undefined;
  /** η; the network's own unless given, else 0.1 where the optimizer adapts it, and 0.2, 0.3 or 0.4 where it does not. */
  readonly learningRate?: number | undefined;
  /** Steps of training to work through; 1 unless given. */
  readonly steps?: number | undefined;
  /** Parts of each step to fill in; all unless given. */
  readonly ask?: readonly Part[] | undefined;
  /** How given numbers are written; decimal unless given. */
  readonly numbers?: NumberFormat | undefined;
  /** Decimals of the answers (behind the point of a power of ten's factor, in scientific notation); 5 unless given. */
  readonly digits?: number | undefined;
  /** A notation's name; `nielsen` unless given. */
  readonly notation?: string | undefined;
  /** `en` or `zh`; `en` unless given. */
  readonly language?: string | undefined;
  /** What numbers are drawn from; 0 unless given. */
  readonly seed?: number | undefined;
  /** Which of several exercises from one seed this is, counted from 1; 1 unless given. */
  readonly number?: number | undefined;
}

/** The settings of the sheet itself, checked, with their defaults. */
export interface SheetChoices {
  readonly samples: number;
  readonly steps: number;
  readonly ask: readonly Part[];
  readonly numbers: NumberFormat;
  readonly digits: number;
  readonly notation: string;
  readonly language: string;
  readonly seed: number;
  readonly number: number;
}

/** Widest layer, deepest network and most samples that anyone would work by hand. */
const most = { width: 8, layers: 6, samples: 20, steps: 20, digits: 12 } as const;

const upTo = (limit: number) => size.check(z.maximum(limit));
const enumOf = (names: readonly string[]) => z.enum(names);

const choices = strict({
  samples: z._default(upTo(most.samples), 1),
  steps: z._default(upTo(most.steps), 1),
  ask: z._default(z.array(z.enum(askable)).check(z.minLength(1)), [...askable]),
  numbers: z._default(z.enum(numberFormats), 'decimal'),
  digits: z._default(count.check(z.minimum(1), z.maximum(most.digits)), 5),
  notation: z._default(enumOf(Object.keys(notations)), 'nielsen'),
  language: z._default(enumOf(Object.keys(languages)), 'en'),
  seed: z._default(seed, 0),
  number: z._default(size, 1),
});

/** @throws ChainruleError `bad-option` naming the first that does not fit */
export function choicesOf(options: WorksheetOptions): SheetChoices {
  const { samples, steps, ask, numbers, digits, notation, language, seed, number } = options;
  return parseWith(choices, { samples, steps, ask, numbers, digits, notation, language, seed, number }, 'worksheet');
}

const shape = strict({
  widths: z.optional(z.array(upTo(most.width)).check(z.minLength(2), z.maxLength(most.layers + 1))),
  depth: z.optional(count.check(z.maximum(most.layers - 1))),
});

/** @throws ChainruleError `bad-option` for widths or a depth that nobody would work by hand, or that contradict each other */
export function checkShape({ widths, depth }: RandomNetwork): void {
  parseWith(shape, { widths, depth }, 'worksheet');
  if (widths !== undefined && depth !== undefined && widths.length !== depth + 2) {
    throw new ChainruleError(
      'bad-option',
      `worksheet has depth ${depth} and ${widths.length} widths, which make ${widths.length - 2} hidden layers; leave one of the two out.`,
    );
  }
}

/** @throws ChainruleError `bad-option` for a learning rate that is not above 0 */
export const checkedRate = (rate: number): number => parseWith(positive, rate, 'worksheet.learningRate');
