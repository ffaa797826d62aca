// The order of a tape: what goes by samples first, as far as its inputs allow, so that threads meet only a few times a step.
import type { Call } from '../../plan/index.ts';
import { alone, byRows, conflict, type Instruction, outside } from './instruction.ts';
import { barrier, end } from './opcodes.ts';

/** The same instructions, each behind those it depends on. */
export function schedule(instructions: readonly Instruction[]): Instruction[] {
  const waiting = [...instructions];
  const ordered: Instruction[] = [];
  while (waiting.length > 0) {
    const ready = waiting.filter(
      (instruction, i) => !waiting.slice(0, i).some((other) => conflict(other, instruction)),
    );
    // The main thread's own chores do not wait for samples where they need none, and need no meeting there.
    const chore =
      ordered.every(({ partition }) => partition === alone) && ready.find((next) => next.partition === alone);
    const first = (partition: string) => ready.find((next) => next.partition === partition);
    // What is handed out comes together, lest it cut the tape more often than it must.
    const next = chore || (first(byRows) ?? first(outside) ?? ready[0]);
    ordered.push(next);
    waiting.splice(waiting.indexOf(next), 1);
  }
  return ordered;
}

/** Instructions as the words of a tape, with barriers where a thread needs what another has written. */
export function tapeWords(instructions: readonly Instruction[]): number[] {
  const words: number[] = [];
  let unmet: Instruction[] = [];
  for (const instruction of instructions) {
    if (unmet.some((other) => other.partition !== instruction.partition && conflict(other, instruction))) {
      words.push(barrier, 2);
      unmet = [];
    }
    unmet.push(instruction);
    words.push(instruction.words[0], instruction.words.length + 1, ...instruction.words.slice(1));
  }
  words.push(end, 2);
  return words;
}

/** A stretch of instructions for the tape, or a call that JavaScript runs between two of them. */
export type Part =
  | { readonly instructions: Instruction[] }
  | { readonly host: Call }
  | { readonly outside: (samples: number) => void };

/** Instructions cut where JavaScript has to step in. */
export function partsOf(instructions: readonly Instruction[]): Part[] {
  const parts: Part[] = [];
  for (const instruction of instructions) {
    const last = parts.at(-1);
    if (instruction.host !== undefined) parts.push({ host: instruction.host });
    else if (instruction.outside !== undefined) parts.push({ outside: instruction.outside });
    else if (last !== undefined && 'instructions' in last) last.instructions.push(instruction);
    else parts.push({ instructions: [instruction] });
  }
  return parts;
}
