// The sheet that is being marked, and what came of it. It stands here, so that it is there again when its view is.
import { describeNetwork } from 'chainrule/formats';
import { safeName } from '../common/files/names.ts';
import { modelOf, mostBytes, textOf } from '../common/files/read.ts';
import { formOf, mark, stopDesk } from './desk-client.svelte.ts';
import { type ExampleSheet, exampleText } from './examples.ts';
import type { ChosenNetwork, Form, Marked, SheetRequest } from './protocol.ts';
import { textOfLines, withValue } from './sheet-lines.ts';
import type { SheetState } from './state.ts';

/** A network that was opened in the page. */
type OwnNetwork = Extract<ChosenNetwork, { name: string }>;

/** An empty sheet. */
export const emptySheet: SheetState = { text: '', mode: 'text', marked: false };

let sheet: SheetState = $state.raw(emptySheet);
let form: Form | undefined = $state.raw();
let marked: Marked | undefined = $state.raw();
/** What was marked. */
let markedRequest: SheetRequest | undefined = $state.raw();
let problem: unknown = $state.raw();
let busy = $state(false);
let chosen: string | undefined = $state();
let own: OwnNetwork | undefined = $state.raw();
/** Calls are numbered, so that what comes late of an earlier one is passed over. */
let turn = 0;

/** The sheet and its marks. */
export const marking = {
  get sheet() {
    return sheet;
  },
  get form() {
    return form;
  },
  get marked() {
    return marked;
  },
  get problem() {
    return problem;
  },
  get busy() {
    return busy;
  },
  /** The sheet that the marks are of, whatever has become of it since. */
  get markedRequest() {
    return markedRequest;
  },
  /** Whether the sheet is no longer the one that was marked. */
  get isStale() {
    return marked !== undefined && JSON.stringify(markedRequest) !== JSON.stringify(request(sheet));
  },
  /** The public name of the quantity that is looked at. */
  get chosen() {
    return chosen;
  },
  get own() {
    return own;
  },
};

const request = ({ text, network, notation }: SheetState): SheetRequest => ({ text, network, notation });

/** Looks at a quantity, or at none. */
export function choose(id: string | undefined): void {
  chosen = id;
}

/** Says what could not be done. */
export function complain(error: unknown): void {
  problem = error;
}

/** Takes a sheet over, as a link or a maker of sheets has it. */
export async function take(state: SheetState): Promise<void> {
  turn += 1;
  busy = false;
  sheet = state;
  form = undefined;
  marked = undefined;
  chosen = undefined;
  problem = undefined;
  if (state.network !== undefined && 'name' in state.network) own = state.network;
  const isOpen = state.mode === 'text' || (await openForm());
  if (state.marked && isOpen) await markSheet();
}

/** What is typed into the text box. */
export function write(text: string): void {
  sheet = { ...sheet, text, marked: false };
}

/** Which network the sheet is about; what it says itself where that is undefined. */
export async function about(network: ChosenNetwork | undefined): Promise<void> {
  sheet = { ...sheet, network, marked: false };
  if (sheet.mode === 'form') await openForm();
}

/** What the names are written in. */
export async function notate(notation: string | undefined): Promise<void> {
  sheet = { ...sheet, notation };
  const isOpen = sheet.mode === 'text' || (await openForm());
  if (marked !== undefined && isOpen) await markSheet();
}

/** Shows the sheet as text or as a form. */
export async function present(mode: SheetState['mode']): Promise<void> {
  sheet = { ...sheet, mode };
  if (mode === 'form') await openForm();
}

/** An example, marked at once. */
export const takeExample = (name: ExampleSheet): Promise<void> =>
  take({ ...emptySheet, text: exampleText[name], marked: true });

/** A file that was chosen or dropped: a sheet, or a network for it. */
export async function takeFile(file: File): Promise<void> {
  try {
    if (await isNetwork(file)) await takeNetwork(file);
    else await take({ ...emptySheet, text: await textOf(file, mostBytes.sheet), network: sheet.network, marked: true });
  } catch (error) {
    problem = error;
  }
}

/** A network or model file as what the sheet is about. */
export async function takeNetwork(file: File): Promise<void> {
  try {
    const { network } = await modelOf(file);
    own = { name: safeName(file.name), description: describeNetwork(network) };
    problem = undefined;
    await about(own);
  } catch (error) {
    problem = error;
  }
}

/** Network files are told from sheets in JSON by their layers. */
async function isNetwork(file: File): Promise<boolean> {
  if (/\.safetensors$/i.test(file.name)) return true;
  if (!/\.json$/i.test(file.name)) return false;
  const text = await textOf(file, mostBytes.network);
  return /"layers"\s*:\s*\[/.test(text) && !/"answers"\s*:/.test(text);
}

/** Marks the sheet as it stands. */
export async function markSheet(): Promise<void> {
  const asked = request(sheet);
  const found = await attempt(() => mark(asked));
  if (found === undefined) return;
  marked = found;
  markedRequest = asked;
  chosen = undefined;
  if (!marking.isStale) sheet = { ...sheet, marked: true };
}

/** Gives up marking. */
export function stop(): void {
  stopDesk();
}

/** Lays the sheet out as a form, and says whether it could; meanwhile its text is shown, not to be changed. */
async function openForm(): Promise<boolean> {
  form = undefined;
  const found = await attempt(
    () => formOf(request(sheet)),
    // What cannot be a form can be mended as text.
    () => {
      sheet = { ...sheet, mode: 'text' };
    },
  );
  if (found !== undefined) form = found;
  return found !== undefined;
}

/** Writes a blank of the form into the sheet. */
export function fill(name: string, value: string): void {
  if (form === undefined) return;
  form = { ...form, text: withValue(form.text, name, value) };
  write(textOfLines(form.text));
}

/** What an answer of the desk is; undefined where there is none, or another has been asked for meanwhile. */
async function attempt<T>(ask: () => Promise<T>, onfailure = () => {}): Promise<T | undefined> {
  turn += 1;
  const mine = turn;
  busy = true;
  problem = undefined;
  try {
    const value = await ask();
    return mine === turn ? value : undefined;
  } catch (error) {
    if (mine === turn) {
      problem = error;
      onfailure();
    }
    return undefined;
  } finally {
    if (mine === turn) busy = false;
  }
}
