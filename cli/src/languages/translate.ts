// Finds a sentence's translation by its English template: the library and the commands write English, this reads it.

/**
 * English templates and what they are in another language. `{name}` stands for any text, kept as it is; `{#name}` for
 * a number; `{@name}` for a part that is translated in its turn.
 */
export type Catalogue = Readonly<Record<string, string>>;

/** Gives a text in another language, or as it is where the catalogue does not know it. */
export type Translate = (text: string) => string;

interface Entry {
  readonly pattern: RegExp;
  /** The longest run of letters that the text must have: most entries are ruled out by it. */
  readonly anchor: string;
  readonly names: readonly string[];
  readonly translation: string;
}

const placeholder = /\{([@#]?)(\w+)\}/g;

/** What a number may look like. */
const number = String.raw`([-+]?\d[\d.,]*(?:e[-+]?\d+)?)`;

/** A translator over a catalogue; the entry with the most letters of its own is taken where several fit. */
export function translator(catalogue: Catalogue): Translate {
  const entries = Object.entries(catalogue)
    .filter(([english]) => english.includes('{'))
    .sort(([a], [b]) => ownLetters(b) - ownLetters(a))
    .map(([english, translation]) => entryOf(english, translation));

  const ofOne = (text: string): string | undefined => {
    if (Object.hasOwn(catalogue, text)) return catalogue[text];
    for (const entry of entries) {
      const found = text.includes(entry.anchor) ? entry.pattern.exec(text) : null;
      if (found !== null) return filled(entry, found.slice(1), translate);
    }
    return undefined;
  };
  const translate = (text: string): string => {
    if (text === '') return text;
    const whole = ofOne(text) ?? withinSpace(text);
    if (whole !== undefined || !text.includes('\n')) return whole ?? text;
    return text.split('\n').map(translate).join('\n');
  };
  const withinSpace = (text: string): string | undefined => {
    const [, before, inner, after] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? ['', '', text, ''];
    const own = inner === text ? undefined : ofOne(inner);
    return own === undefined ? undefined : `${before}${own}${after}`;
  };
  return translate;
}

/** A template of fewer letters than this fits one line only. */
const fewWords = 12;

const ownLetters = (template: string) => template.replace(placeholder, '').length;

function entryOf(english: string, translation: string): Entry {
  const names = [...english.matchAll(placeholder)].map(([, mark, name]) => mark + name);
  const literals = english.replace(placeholder, '\0').split('\0');
  const values = names.map((name) => (name.startsWith('#') ? number : '(.*?)'));
  const pattern = literals
    .map((literal, i) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') + (values[i] ?? ''))
    .join('');
  const anchor = literals.reduce((longest, literal) => (literal.length > longest.length ? literal : longest), '');
  // What a template of many words fits may have values of several lines; a short one would fit too much.
  const flags = ownLetters(english) < fewWords ? '' : 's';
  return { pattern: new RegExp(`^${pattern}$`, flags), anchor, names, translation };
}

function filled({ names, translation }: Entry, values: readonly string[], translate: Translate): string {
  const byName = new Map(names.map((name, i) => [name, name.startsWith('@') ? translate(values[i]) : values[i]]));
  return translation.replace(placeholder, (_, mark: string, name: string) => byName.get(mark + name) ?? '');
}
