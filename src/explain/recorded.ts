// A derivation beside the training that it is a step of. The replay of the training is src/train's business.
import { offsetOf } from '../memory/index.ts';
import { slotOf } from '../plan/index.ts';
import type { ReplayedStep } from '../train/index.ts';
import type { Derivation, Recorded } from './derivation.ts';

/** What a step of a run is called and was computed in. */
export type RecordedName = Pick<Recorded, 'run' | 'data' | 'rows' | 'dtype'>;

/**
 * The derivation of a replayed step with what the training itself got for the parameters and the optimizer's state.
 * @example
 * const found = await replay(net, data, options, { step: 1234 });
 * const derivation = explain(found.network, { ...found, state: …, optimizer, steps: found.step });
 * asRecorded(derivation, found, { run: 'mine', data: 'iris.csv', rows: Array.from(found.rows, (row) => row + 1), dtype: 'F32' });
 */
export function asRecorded(derivation: Derivation, replayed: ReplayedStep, name: RecordedName): Derivation {
  const { epoch, stepInEpoch, after } = replayed;
  const { program } = derivation;
  const origins = new Map(program.carries.map(({ from, to }) => [from, to]));
  const value: Recorded['value'] = ({ slot, index }) => {
    const tensor = after[origins.get(slot) ?? ''];
    return tensor?.data[offsetOf(slotOf(program, slot).shape, index.map(Number))];
  };
  return { ...derivation, recorded: { ...name, epoch, stepInEpoch, value } };
}
