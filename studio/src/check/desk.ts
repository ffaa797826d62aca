// The work on a sheet: marked, laid out as a form, a quantity of it worked out, or a sheet made. All of it is the library's; here it
// is asked for and packed as plain data. It runs in a thread of its own (desk-worker.ts) or, where there is none, in the page.
import { activations, losses } from 'chainrule';
import {
  type Checked,
  type CheckReport,
  check,
  parseOptimizer,
  readSheet,
  renderWorksheet,
  reportOf,
  type Sheet,
  type SheetEntry,
  sheetOptimizer,
  type Worksheet,
  type WorksheetFormat,
  type WorksheetOptions,
  worksheet,
  writtenRules,
} from 'chainrule/check';
import { explain, writtenQuantities } from 'chainrule/explain';
import { inlineMath, renderEquations } from 'chainrule/explain/html';
import { quantityName } from '../common/drawing/places.ts';
import type { Language } from '../words/language.svelte.ts';
import { inEach, PageError } from '../words/sentences.ts';
import { dataOf, exerciseOf, networkChosen, type SheetExercise } from './exercise.ts';
import { linesOf } from './find-lines.ts';
import type { Desk, Form, Made, MakeRequest, Marked, QuantityRequest, SheetRequest, ShownRule } from './protocol.ts';
import { shownPage } from './shown-page.ts';
import { words } from './words.ts';

const both = <T>(make: (language: Language) => T): Readonly<Record<Language, T>> => ({
  en: make('en'),
  zh: make('zh'),
});

/** A sheet read, with its exercise. */
function opened({ text, network }: SheetRequest): { readonly sheet: Sheet; readonly exercise: SheetExercise } {
  const sheet = readSheet(text, 'the sheet');
  return { sheet, exercise: exerciseOf(sheet, network) };
}

function mark(request: SheetRequest): Marked {
  const { sheet, exercise } = opened(request);
  const asked = request.notation ?? exercise.notation;
  const checked = check(exercise.network, exercise.step, sheet.entries, { notation: asked });
  const notation = asked ?? checked.notation ?? 'nielsen';
  const blank = sheet.entries.filter(({ value }) => value.trim() === '').length;
  const report = (language: Language): CheckReport =>
    reportOf(checked, { language, notation, blank, student: sheet.student });
  return {
    reports: both(report),
    rules: rulesOf(checked, notation),
    exercise: dataOf(exercise, sheet),
    notation,
    symbols: symbolsOf(exercise, notation),
  };
}

const rulesOf = (checked: Checked, notation: string): ShownRule[] =>
  writtenRules(checked, { notation }).map((rule) => ({
    rule,
    symbol: inlineMath(rule.symbol.latex),
    right: inlineMath(rule.right.latex),
    ...(rule.wrong && { wrong: inlineMath(rule.wrong.latex) }),
  }));

/** Of larger networks the symbols are not listed: nobody reads them all. */
const mostSymbols = 2000;

function symbolsOf({ network, step }: SheetExercise, notation: string): ReadonlyMap<string, string> {
  const count = Object.values(network.parameters).reduce((sum, { data }) => sum + data.length, 0);
  if (count * step.inputs.length > mostSymbols) return new Map();
  const derivation = explain(network, step);
  const written = writtenQuantities(derivation, { notation });
  const given = Object.entries(network.parameters).flatMap(([slot, { shape }]) =>
    indicesOf(shape).map((index): [string, string] => [
      `${slot}[${index.join(',')}]`,
      written.of({ slot, index, sample: null }).symbol.text,
    ]),
  );
  const { samples, program } = derivation;
  const data = ['input', 'target'].flatMap((slot) =>
    indicesOf(program.slots.get(slot)?.shape ?? []).flatMap((index) =>
      Array.from({ length: samples }, (_, sample): [string, string] => [
        quantityName({ slot, index, sample }, samples),
        written.of({ slot, index, sample }).symbol.text,
      ]),
    ),
  );
  return new Map([...given, ...data, ...written.steps.map(({ id, symbol }): [string, string] => [id, symbol.text])]);
}

function indicesOf([axis, ...inner]: readonly number[]): number[][] {
  if (axis === undefined) return [[]];
  const rest = indicesOf(inner);
  return Array.from({ length: axis }, (_, i) => rest.map((index) => [i, ...index])).flat();
}

function form(request: SheetRequest): Form {
  const sheet = begunSheet(request.text);
  const exercise = exerciseOf(sheet, request.network);
  const notation = request.notation ?? exercise.notation;
  const steps = Math.max(1, sheet.steps ?? 1);
  const { learningRate, optimizer, inputs, targets } = exercise.step;
  const options: WorksheetOptions = {
    network: exercise.network,
    batch: { inputs, targets },
    learningRate,
    optimizer,
    steps,
    notation,
  };
  const made = both((language) => worksheet({ ...options, language }));
  const filled = sheet.entries.filter(({ value }) => value.trim() !== '');
  const spelled = filled.length === 0 ? new Map<string, string>() : spellingsOf(request);
  const names = new Map(
    made.en.asked.flatMap(({ name, symbol }): [string, string][] => [
      [symbol.text, name],
      [name, name],
    ]),
  );
  for (const [name, spelling] of spelled) names.set(spelling, name);
  const asked = new Set(made.en.asked.map(({ name }) => name));
  const nameOf = ({ quantity }: SheetEntry) => {
    const name = names.get(quantity) ?? '';
    return asked.has(name) ? name : undefined;
  };
  return {
    pages: both((language) => shownPage(made[language], false)),
    text: linesOf(request.text, sheet, nameOf),
    others: filled.filter((entry) => nameOf(entry) === undefined),
  };
}

/** A sheet, which may be without entries yet: then one is added for the library's reader, which wants some. */
function begunSheet(text: string): Sheet {
  try {
    return readSheet(text, 'the sheet');
  } catch (error) {
    try {
      return { ...readSheet(`${text}\nloss =`, 'the sheet'), entries: [] };
    } catch {
      throw error;
    }
  }
}

/** How a sheet spells its quantities; nothing where it cannot be marked yet. */
function spellingsOf(request: SheetRequest): ReadonlyMap<string, string> {
  try {
    const { sheet, exercise } = opened(request);
    return check(exercise.network, exercise.step, sheet.entries, { notation: request.notation ?? exercise.notation })
      .spellings;
  } catch {
    return new Map();
  }
}

function derive({ id, language, width, ...request }: QuantityRequest): ReturnType<Desk['derive']> {
  const { exercise } = opened(request);
  const [, after = '0', name] = /^(?:after\.(\d+)\.)?(.*)$/s.exec(id) ?? [];
  const derivation = explain(exercise.network, { ...exercise.step, steps: Number(after) + 1, of: [name] });
  const notation = request.notation ?? exercise.notation ?? 'nielsen';
  const equations = renderEquations(derivation, { notation, language, width });
  const own = equations.filter((one) => one.id === name && one.form === 'elements');
  return own.length > 0 ? own : equations.filter((one) => one.id === name).slice(0, 1);
}

function make(request: MakeRequest): Made {
  const sheet = worksheet(optionsOf(request));
  return {
    sheet: shownPage(sheet, false),
    key: shownPage(sheet, true),
    files: { sheet: filesOf(sheet, false), key: filesOf(sheet, true) },
  };
}

function filesOf(sheet: Worksheet, isKey: boolean): Record<WorksheetFormat, string> {
  const file = (format: WorksheetFormat) => renderWorksheet(sheet, format, isKey);
  const [md, csv, json, html, latex] = (['md', 'csv', 'json', 'html', 'latex'] as const).map(file);
  return { md, csv, json, html, latex };
}

/** @throws PageError for a rule that there is not: an address may name any */
function optionsOf(request: MakeRequest): WorksheetOptions {
  const { network, widths, redraw, samples, steps, ask, numbers, digits, notation, language, seed } = request;
  const optimizer = parseOptimizer(request.optimizer, 'optimizer');
  const common = {
    steps,
    ask,
    numbers,
    digits,
    notation,
    language,
    seed,
    optimizer: optimizer && sheetOptimizer(optimizer, undefined),
  };
  if (network === undefined) {
    const random = {
      widths,
      activation: named(activations, request.activation),
      outputActivation: named(activations, request.outputActivation),
      loss: named(losses, request.loss),
    };
    return { ...common, samples, random };
  }
  const isOwnExample = 'example' in network && !redraw;
  return {
    ...common,
    samples,
    network: networkChosen(network),
    redraw,
    ...(isOwnExample && { networkName: `example:${network.example}` }),
  };
}

/** A rule's name where there is such a rule, nothing where none was chosen. */
function named<Rules extends object>(rules: Rules, name: string): Extract<keyof Rules, string> | undefined {
  if (name === '') return undefined;
  const isOne = (text: string): text is Extract<keyof Rules, string> => Object.hasOwn(rules, text);
  if (isOne(name)) return name;
  throw new PageError(inEach(words, (w) => w.noRule(name)));
}

export const desk: Desk = { mark, form, derive, make };
