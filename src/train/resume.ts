// Where a training stands, as data that a later one goes on from. What is done with it is run.ts's business.
import type { Executable } from '../backends/index.ts';
import { ChainruleError } from '../errors.ts';
import type { TrainingState } from '../formats/index.ts';
import { sameShape, showShape, type Tensor } from '../memory/index.ts';
import { slotOf } from '../plan/index.ts';
import type { EpochRecord } from './training.ts';

/** What the executable carries from step to step: parameters, optimizer states, running statistics, and what a backend adds. */
export function carriedTensors(executable: Executable): Record<string, Tensor> {
  const { program } = executable.plan;
  const carried = program.carries.map(({ to }): [string, Tensor] => [
    to,
    { shape: slotOf(program, to).shape, data: executable.read(to) },
  ]);
  return { ...Object.fromEntries(carried), ...executable.extras?.() };
}

/**
 * Writes a state's tensors into the executable of the training that goes on.
 * @param settings what the two must share
 * @throws ChainruleError `bad-option` at a setting that differs, `bad-shape` where the state is one of another network
 */
export function restoreState(
  executable: Executable,
  state: TrainingState,
  settings: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(settings)) {
    if (state.settings[name] === value) continue;
    throw new ChainruleError(
      'bad-option',
      `the training to resume had ${name} ${state.settings[name]}, not ${value}; give the same settings, or begin anew.`,
    );
  }
  const { program, places } = executable.plan;
  for (const { to } of program.carries) {
    const { shape } = slotOf(program, to);
    if (Object.hasOwn(state.tensors, to) && sameShape(state.tensors[to].shape, shape)) continue;
    throw new ChainruleError(
      'bad-shape',
      `the training to resume has no ${to} of shape ${showShape(shape)}; it is one of another network.`,
    );
  }
  for (const [name, { data }] of Object.entries(state.tensors)) if (places.has(name)) executable.write(name, data);
  executable.writeExtras?.(state.tensors);
}

/**
 * The epochs of a state, which files hold as plain data.
 * @throws ChainruleError `bad-data` where some lack
 */
export function epochRecords({ history, epoch }: TrainingState): EpochRecord[] {
  const records = history.filter(isEpochRecord);
  if (records.length === epoch) return records;
  throw new ChainruleError(
    'bad-data',
    `the training to resume has ${records.length} epochs on record where it ran ${epoch}; it is damaged.`,
  );
}

const isEpochRecord = (record: unknown): record is EpochRecord =>
  typeof record === 'object' && record !== null && 'epoch' in record && 'loss' in record && 'validation' in record;
