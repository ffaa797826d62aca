// An exercise put together: its numbers drawn until every mistake shows, and shows differently, as far as the network allows.
import { ChainruleError } from '../../errors.ts';
import type { Derivation } from '../../explain/derivation.ts';
import type { Batch } from '../../explain/gradients.ts';
import { sgd } from '../../optimizers/index.ts';
import { type Exercise, exerciseOf, type Quantity, rightRun } from '../exercise.ts';
import { type AskedQuantity, askedQuantities, derivationsOf, quantitiesOf, type Task } from './asked.ts';
import { Draws } from './draws.ts';
import { drawnBatch, isWorkable, randomNetwork, withDrawnParameters } from './exercises.ts';
import { askable, checkedRate, choicesOf, type SheetChoices, type WorksheetOptions } from './options.ts';
import { type Distinctness, distinctness } from './telling-apart.ts';

/** An exercise and all that its sheet and its answer key are written from. */
export interface Worksheet extends Task, Distinctness {
  readonly choices: SheetChoices;
  /** What stands for the network on the sheet, where it is not described there. */
  readonly networkName?: string;
  readonly asked: readonly AskedQuantity[];
  /** Whether no neuron is saturated or at a kink, where rounding would decide. */
  readonly isWorkable: boolean;
  /** The derivation of each step: the answer key, for any renderer. */
  readonly derivations: readonly Derivation[];
}

/** Numbers are drawn so often until what the sheet cannot show is only what no numbers would show. */
const mostAttempts = 24;

/** The most draws that are looked through for numbers that saturate no neuron. */
const mostDraws = 500;

/** After so many draws, mistakes that none of them told apart are taken for inseparable. */
const enoughAttempts = 4;

/** The most numbers that a sheet asks for. */
const mostAsked = 1000;

/**
 * An exercise for working a step of training by hand.
 * @example
 * const sheet = worksheet({ random: { widths: [2, 3, 2] }, ask: ['delta', 'gradients'], seed: 7 });
 * @throws ChainruleError where an option does not fit, or the network is too large to be worked by hand
 */
export function worksheet(options: WorksheetOptions = {}): Worksheet {
  const choices = choicesOf(options);
  const isFixed = options.network !== undefined && !options.redraw && batchOf(options) !== undefined;
  const drawn: Attempt[] = [];
  let always: readonly string[] | undefined;
  for (let i = 0; drawn.length < (isFixed ? 1 : mostAttempts); i++) {
    const draw = drawnTask(options, choices, new Draws(choices.seed, choices.number, i));
    if (!draw.isWorkable && !isFixed && i < mostDraws) continue;
    const attempt = { ...draw, ...shown(draw, choices) };
    drawn.push(attempt);
    const hidden = hiddenBy(attempt);
    always = always?.filter((one) => hidden.includes(one)) ?? hidden;
    if (hidden.length === 0 || i >= mostDraws) break;
    if (drawn.length >= enoughAttempts && drawn.some((one) => hiddenBy(one).length === always?.length)) break;
  }
  return finished(best(drawn), options, choices);
}

/** A draw of an exercise. */
interface Draw {
  readonly task: Task;
  readonly exercise: Exercise;
  readonly isWorkable: boolean;
}

interface Attempt extends Draw, Distinctness {}

/** What cannot be seen, as words to compare. */
const hiddenBy = ({ unseen, alike }: Distinctness): string[] => [...unseen, ...alike.map((pair) => pair.join(' '))];

function best(attempts: readonly Attempt[]): Attempt {
  return attempts.reduce((a, b) => (hiddenBy(b).length < hiddenBy(a).length ? b : a));
}

/** The samples that are given: with the options, or with the network. */
function batchOf({ batch, network, redraw }: WorksheetOptions): Batch | undefined {
  if (batch !== undefined || redraw || network?.sample === undefined) return batch;
  return { inputs: [network.sample.input], targets: [network.sample.target] };
}

function drawnTask(options: WorksheetOptions, { numbers, steps, samples, ask }: SheetChoices, draws: Draws): Draw {
  const shape = options.network ?? randomNetwork(options.random ?? {}, draws);
  const isDrawn = options.network === undefined || options.redraw === true;
  const network = isDrawn ? withDrawnParameters(shape, draws, numbers) : shape;
  const batch = batchOf(options) ?? drawnBatch(network, samples, draws, numbers);
  const { optimizer = sgd() } = options;
  const learningRate = rateOf(options, draws);
  const exercise = exerciseOf(network, { ...batch, optimizer, learningRate });
  requireFew(quantitiesOf(exercise, steps, ask));
  return {
    task: { network, batch, optimizer, learningRate },
    exercise,
    isWorkable: isWorkable(rightRun(exercise), steps),
  };
}

/** What the sheet would show of every mistake. */
const shown = ({ exercise }: Draw, choices: SheetChoices): Distinctness =>
  distinctness(
    exercise,
    quantitiesOf(exercise, choices.steps, choices.ask),
    quantitiesOf(exercise, choices.steps, askable),
    choices,
  );

function requireFew(asked: readonly Quantity[]): void {
  if (asked.length <= mostAsked) return;
  throw new ChainruleError(
    'bad-option',
    `the sheet would ask for ${asked.length.toLocaleString('en')} numbers, more than the ${mostAsked.toLocaleString('en')} that anyone would fill in; take a smaller network, or ask for fewer parts of the step.`,
  );
}

const adaptive = ['adagrad', 'adam', 'adamw', 'nadam', 'rmsprop', 'rprop'];

/** Rates at which a step without η, or with one factor 2 too many, is another step. */
const rates = [0.2, 0.3, 0.4];

function rateOf({ learningRate, network, optimizer }: WorksheetOptions, draws: Draws): number {
  const own = learningRate ?? network?.learningRate;
  if (own !== undefined) return checkedRate(own);
  return optimizer !== undefined && adaptive.includes(optimizer.name) ? 0.1 : draws.one(rates);
}

function finished(
  { task, isWorkable, unseen, alike }: Attempt,
  { networkName }: WorksheetOptions,
  choices: SheetChoices,
): Worksheet {
  const derivations = derivationsOf(task, choices.steps);
  const asked = askedQuantities(derivations, choices);
  return { ...task, choices, ...(networkName && { networkName }), derivations, asked, unseen, alike, isWorkable };
}
