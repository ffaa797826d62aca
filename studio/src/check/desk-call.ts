// What goes between the page and the thread of its desk.
import type { EachLanguage } from '../words/sentences.ts';
import type { Desk, MakeRequest, QuantityRequest, SheetRequest } from './protocol.ts';

/** A task and what it is about. */
export type Task =
  | { readonly task: 'mark'; readonly request: SheetRequest }
  | { readonly task: 'form'; readonly request: SheetRequest }
  | { readonly task: 'derive'; readonly request: QuantityRequest }
  | { readonly task: 'make'; readonly request: MakeRequest };

export type Call = Task & { readonly number: number };

/** What came of a task. */
export type Outcome = {
  readonly [T in keyof Desk]: { readonly task: T; readonly value: ReturnType<Desk[T]> };
}[keyof Desk];

/** Its outcome, or why there is none: in the page's words, or in a sentence of the library's. */
export type Answer = { readonly number: number } & (
  | { readonly outcome: Outcome }
  | { readonly texts: EachLanguage }
  | { readonly sentence: string }
);

/** A task carried out at a desk. */
export function carryOut(desk: Desk, { task, request }: Task): Outcome {
  switch (task) {
    case 'mark':
      return { task, value: desk.mark(request) };
    case 'form':
      return { task, value: desk.form(request) };
    case 'derive':
      return { task, value: desk.derive(request) };
    case 'make':
      return { task, value: desk.make(request) };
  }
}
