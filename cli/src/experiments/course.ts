// One training of an experiment: watched epoch by epoch, its state kept in a file, so that an interrupted one goes on.
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Backend, type Epoch, type Evaluation, evaluate, fitEpochs, type Network, type Progress } from 'chainrule';
import { readCheckpoint, type TrainingState, writeCheckpoint } from 'chainrule/formats';
import { writeWhole } from 'chainrule/node';
import type { Course, Digits, Part, Training } from '#experiments';

/** Training was stopped; what it had come to is kept. */
export class Interrupted extends Error {}

/** Where and how to train. */
export interface CourseOptions {
  readonly backend: Backend;
  readonly signal: AbortSignal;
  /** Where its state is kept. */
  readonly file: string;
  /** What makes it this training and no other. */
  readonly identity: string;
  readonly onProgress: (progress: Progress) => void;
  readonly onEpoch: (epoch: number, notes: Notes) => void;
}

/** What has been noted of the epochs so far. */
export interface Notes extends Record<Part, { accuracy: number[]; loss: number[] }> {
  loss: number[];
  rates: number[];
  /** How long it took, with what was watched, from before an interruption too. */
  seconds: number;
}

const parts: readonly Part[] = ['training', 'validation', 'test'];
/** Under what name a state has the notes. */
const key = 'experiment';
/** The state is written at the end of an epoch, but not more often than this. */
const millisecondsBetweenSaves = 5000;

/**
 * Trains to the end, from where the file says that this training stands.
 * @throws Interrupted where the signal stopped it
 */
export async function runCourse(
  net: Network,
  digits: Digits,
  { watch = ['test'], epochs, keep: _, ...training }: Training,
  options: CourseOptions,
): Promise<{ course: Course; seconds: number }> {
  const { backend, signal, file, identity, onProgress, onEpoch } = options;
  await mkdir(dirname(file), { recursive: true });
  const earlier = await stateIn(file, identity);
  const notes = earlier?.notes ?? emptyNotes();
  const begun = performance.now() - notes.seconds * 1000;
  let saved = performance.now();
  const save = async (network: Network, state: TrainingState | undefined): Promise<void> => {
    if (state === undefined) return;
    notes.seconds = (performance.now() - begun) / 1000;
    const settings = { ...state.settings, [key]: { identity, notes } };
    await writeWhole(file, writeCheckpoint({ network, state: { ...state, settings } }));
    saved = performance.now();
  };
  const steps = fitEpochs(net, digits.training, {
    ...training,
    epochs,
    backend,
    signal,
    onProgress,
    ...(watch.includes('validation') && { validation: digits.validation }),
    ...(earlier && { resume: earlier.state }),
  });
  for (;;) {
    const next = await steps.next();
    if (next.done) {
      const { network, state, ending } = next.value;
      await save(network, state);
      if (ending === 'aborted') throw new Interrupted();
      return { course: courseOf(network, notes), seconds: notes.seconds };
    }
    const { epoch, network, state } = next.value;
    note(notes, next.value, digits, watch, backend);
    onEpoch(epoch, notes);
    if (performance.now() - saved > millisecondsBetweenSaves) await save(network, state?.());
  }
}

const emptyNotes = (): Notes => ({
  loss: [],
  rates: [],
  training: { accuracy: [], loss: [] },
  validation: { accuracy: [], loss: [] },
  test: { accuracy: [], loss: [] },
  seconds: 0,
});

/** Adds what an epoch came to. */
function note(notes: Notes, epoch: Epoch, digits: Digits, watch: readonly Part[], backend: Backend): void {
  notes.loss.push(rounded(epoch.loss));
  if (epoch.learningRate !== undefined) notes.rates.push(epoch.learningRate);
  for (const part of parts.filter((one) => watch.includes(one))) {
    const known = part === 'validation' ? epoch.validation : null;
    const evaluation = known ?? evaluate(epoch.network, digits[part], { backend });
    notes[part].accuracy.push(percentOf(evaluation));
    notes[part].loss.push(rounded(evaluation.loss));
  }
}

const percentOf = (evaluation: Evaluation): number =>
  'accuracy' in evaluation ? rounded(evaluation.accuracy * 100) : Number.NaN;

/** As many digits as any figure shows. */
export const rounded = (value: number): number => Number(value.toPrecision(6));

function courseOf(network: Network, notes: Notes): Course {
  const { test, validation } = notes;
  const chosen = validation.accuracy.indexOf(Math.max(...validation.accuracy));
  return { ...notes, network, best: Math.max(...test.accuracy), chosen: test.accuracy[chosen] ?? Number.NaN };
}

/** Where the file says that this training stands; undefined where it is another one's or damaged, and training begins anew. */
async function stateIn(file: string, identity: string): Promise<{ state: TrainingState; notes: Notes } | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    const { state } = readCheckpoint(await readFile(file), file);
    const kept = state.settings[key];
    return isKept(kept) && kept.identity === identity ? { state, notes: kept.notes } : undefined;
  } catch {
    return undefined;
  }
}

/** Only this file writes what is under the key, and the checkpoint has a checksum. */
const isKept = (value: unknown): value is { identity: string; notes: Notes } =>
  typeof value === 'object' && value !== null && 'identity' in value && 'notes' in value;
