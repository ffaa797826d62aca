// `--schedule`: a schedule of the learning rate as a name and its numbers between colons, `step:10:0.5`.
import { ChainruleError, didYouMean, type Schedule, schedules } from 'chainrule';
import type { Reader } from './arguments.ts';
import { UsageError } from './errors.ts';
import { counted, percent } from './numbers.ts';

/** A schedule with what it is called. */
export interface ChosenSchedule {
  readonly schedule: Schedule;
  /** Its name and all its numbers: the same text for the same schedule. */
  readonly text: string;
  readonly words: string;
  /** Whether it spans all epochs, so that another number of them gives other rates from the first on. */
  readonly spansEpochs: boolean;
}

/** What a schedule watches for improvement. */
type Watch = 'loss' | 'accuracy';

/** A kind of schedule: its numbers with their defaults, and what it is with them. */
interface Kind {
  readonly form: string;
  readonly defaults: readonly number[];
  /** Whether `accuracy` may stand at the end, for what it watches. */
  readonly watches?: boolean;
  readonly spansEpochs?: boolean;
  readonly words: (...values: number[]) => string;
  readonly make: (values: readonly number[], watch: Watch) => Schedule;
}

const kinds: Readonly<Record<string, Kind>> = {
  step: {
    form: 'step[:EVERY[:FACTOR]]',
    defaults: [10, 0.5],
    words: (every, factor) => `times ${factor} after every ${counted(every, 'epoch')}`,
    make: ([every, factor]) => schedules.step({ every, factor }),
  },
  exponential: {
    form: 'exponential[:FACTOR]',
    defaults: [0.95],
    words: (factor) => `times ${factor} after every epoch`,
    make: ([factor]) => schedules.exponential({ factor }),
  },
  cosine: {
    form: 'cosine[:LEAST]',
    defaults: [0],
    spansEpochs: true,
    words: (least) => `down to ${least} times it along half a cosine`,
    make: ([least]) => schedules.cosine({ least }),
  },
  'one-cycle': {
    form: 'one-cycle[:RISE]',
    defaults: [0.3],
    spansEpochs: true,
    words: (rise) => `up to it in the first ${percent(rise)} of the steps, then down`,
    make: ([rise]) => schedules.oneCycle({ rise }),
  },
  plateau: {
    form: 'plateau[:PATIENCE[:FACTOR]][:accuracy]',
    defaults: [10, 0.1],
    watches: true,
    words: (patience, factor) => `times ${factor} after ${counted(patience, 'epoch')} without improvement`,
    make: ([patience, factor], watch) => schedules.reduceOnPlateau({ patience, factor, watch }),
  },
  halving: {
    form: 'halving[:PATIENCE[:HALVINGS]][:accuracy]',
    defaults: [10, 7],
    watches: true,
    words: (patience, halvings) =>
      `halved after ${counted(patience, 'epoch')} without improvement, the end at 1/${2 ** halvings}`,
    make: ([patience, halvings], watch) => schedules.halving({ patience, halvings, watch }),
  },
};

const warmUp = 'warm-up';
const warmUpForm = `${warmUp}[:STEPS][,another]`;
const warmUpSteps = 100;
const names = [...Object.keys(kinds), warmUp];

/** Those that the command line calls otherwise than the library. */
const otherNames: Readonly<Record<string, string>> = { oneCycle: 'one-cycle', reduceOnPlateau: 'plateau' };

/** The text for `--schedule` of a setting that `tune` found; undefined where the rate stays. */
export const scheduleText = (setting: string | undefined): string | undefined =>
  setting === undefined || setting === 'constant' ? undefined : (otherNames[setting] ?? setting);

/** The same as the schedule that it makes. */
export function scheduleNamed(setting: string | undefined): ChosenSchedule | undefined {
  const text = scheduleText(setting);
  return text === undefined ? undefined : single('--schedule', text, text);
}

/** All forms, for help texts. */
export const scheduleForms = [...Object.values(kinds).map(({ form }) => form), warmUpForm].join(', ');

/** Reads `NAME:NUMBER:…`; a warm-up may be followed by a comma and another. */
export function schedule(option: string): Reader<ChosenSchedule> {
  return (text) => {
    const [first, ...others] = text.split(',').map((part) => part.trim());
    const [name, ...fields] = first.split(':');
    if (name !== warmUp) {
      if (others.length === 0) return single(option, text, first);
      throw new UsageError(
        `${option} is ${JSON.stringify(text)}; only a ${warmUp} is followed by another schedule, such as ${warmUp}:100,cosine.`,
      );
    }
    const [steps] = numbers({ option, text, form: warmUpForm, defaults: [warmUpSteps] }, fields);
    const after = others.length === 0 ? undefined : single(option, text, others.join(','));
    return {
      schedule: made(option, text, () => schedules.warmUp({ steps }, after?.schedule)),
      text: [`${warmUp}:${steps}`, ...(after ? [after.text] : [])].join(','),
      words: `up to it in ${counted(steps, 'step')}${after ? `, ${after.words}` : ''}`,
      spansEpochs: after?.spansEpochs ?? false,
    };
  };
}

function single(option: string, text: string, part: string): ChosenSchedule {
  const [name, ...fields] = part.split(':');
  if (!Object.hasOwn(kinds, name)) {
    throw new UsageError(
      `${option} is ${JSON.stringify(text)}${name.length > 2 ? didYouMean(name, names) : ''}; choose one of ${names.join(', ')}.`,
    );
  }
  const { form, defaults, watches = false, spansEpochs = false, words, make } = kinds[name];
  const watch: Watch = watches && fields.at(-1) === 'accuracy' ? 'accuracy' : 'loss';
  const values = numbers({ option, text, form, defaults }, watch === 'accuracy' ? fields.slice(0, -1) : fields);
  return {
    schedule: made(option, text, () => make(values, watch)),
    text: [name, ...values, ...(watch === 'accuracy' ? [watch] : [])].join(':'),
    words: `${words(...values)}${watch === 'accuracy' ? ' of the accuracy' : ''}`,
    spansEpochs,
  };
}

/** Where numbers stand, for the sentence about one that is none. */
interface Place {
  readonly option: string;
  readonly text: string;
  readonly form: string;
  readonly defaults: readonly number[];
}

/** The numbers given, and the defaults of the others. */
function numbers({ option, text, form, defaults }: Place, fields: readonly string[]): number[] {
  const given = fields.map((field) => (field.trim() === '' ? Number.NaN : Number(field)));
  if (given.length <= defaults.length && given.every(Number.isFinite)) {
    return defaults.map((value, i) => given[i] ?? value);
  }
  throw new UsageError(
    `${option} is ${JSON.stringify(text)}; write ${form} with numbers for the words in capitals, such as ${[form.split(/[:[]/)[0], ...defaults].join(':')}.`,
  );
}

/** A number outside its range is the library's to find; the option is ours to name. */
function made(option: string, text: string, make: () => Schedule): Schedule {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new UsageError(`${option} is ${JSON.stringify(text)}: ${error.message}`);
  }
}
