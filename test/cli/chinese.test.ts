// The command line in Chinese: every sentence of the sources has its translation, and what commands print is Chinese throughout.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { translator } from '../../cli/src/languages/translate.ts';
import { foreign } from '../../cli/src/languages/zh/foreign.ts';
import { zh } from '../../cli/src/languages/zh/index.ts';
import { type Run, runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

interface Message {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const { messages, texts }: { messages: () => Message[]; texts: () => Set<string> } = await import(
  new URL('../../scripts/messages.mjs', import.meta.url).href
);

const translate = translator(zh);
const placeholder = /\{([@#]?)(\w+)\}/g;
const numbered = /\{(#?)(\d+)\}/g;

/** A text with something in each of its places: numbers, which may stand for anything. */
const sample = (text: string) => text.replace(numbered, (_, __, n) => String(1000 + Number(n)));

const samplesIn = (text: string) => [...text.matchAll(numbered)].map(([one]) => sample(one));

/** What is no prose: quotations, code in braces or brackets, commands, flags, names of files and quantities. */
const withoutCode = (text: string) =>
  text
    .replace(/"[^"]*"|'[^']*'|\{[^}]*\}|\[[^\]]*\]|\S+=\S+/g, '·')
    .replace(/(?:npx )?(?:chainrule|npm|apt) [a-z][^，。；（）：]*/g, '·')
    .replace(/--?[a-z][\w-]*(?:[= ][\w.:,/-]+)?/g, '·');

/** English words in a row, as a sentence that was forgotten would have them. */
const english = (text: string, count: number) =>
  new RegExp(`(?<![\\w./:-])(?:[a-z]+ +){${count - 1}}[a-z]+(?![\\w./:-])`).exec(withoutCode(text))?.[0];

/** What stays as it is: a formula, and what a file's own rule says behind its place. */
const asItIs = new Set(['it {1}', 'sign({1}) ln(1 + |{2}|)']);

/** Entries whose English is put together from two texts of the sources, and those of one kind among many. */
const composed = new Set([
  '{name} (also {others}), {@rest}',
  '--schedule is {value}: {@problem}',
  'language: {one} or {other}',
  '{@words}, and 1 where missing, else 0',
  'the last {@rows} and the last {@columns}',
  'times {factor} after {@epochs} without improvement of the accuracy',
  'halved after {@epochs} without improvement, the end at {fraction} of the accuracy',
  '{out}, as it was after epoch {epoch}; --resume {checkpoint} goes on',
  ' or a range such as { "log": [0.001, 1] }, such as [[30], [100, 30]]',
  'there is no loss "{name}"{@hint}; expected one of {names}.',
]);

/** A count's entry is used where its noun is: `{#n} classes` and `class`. */
function nounsOf(key: string): string[] {
  const noun = /^\{#n\} (\w+)$/.exec(key)?.[1];
  return noun === undefined ? [] : [noun, noun.replace(/s$/, ''), noun.replace(/es$/, ''), noun.replace(/ies$/, 'y')];
}

describe('the Chinese catalogue', () => {
  it('has every sentence of the sources, with all its values', () => {
    const missing = messages().flatMap(({ file, line, text }) => {
      const english_ = sample(text);
      const chinese = translate(english_);
      const lost = samplesIn(text).filter((one) => !chinese.includes(one));
      const left = english(chinese, 2);
      if (asItIs.has(text) || (chinese !== english_ && lost.length === 0 && left === undefined)) return [];
      const why = chinese === english_ ? 'is not translated' : left ? `leaves “${left}”` : `loses ${lost.join(' ')}`;
      return [`${file}:${line}\t${JSON.stringify(text)} ${why}${chinese === english_ ? '' : `: ${chinese}`}`];
    });
    expect([...new Set(missing)].join('\n')).toBe('');
  });

  it('keeps the same places on both sides', () => {
    const places = (text: string) => [...text.matchAll(placeholder)].map(([one]) => one).sort();
    const different = Object.entries(zh).filter(([from, to]) => `${places(from)}` !== `${places(to)}`);
    expect(different).toEqual([]);
  });

  it('has nothing that the sources no longer say', () => {
    const said = [...texts()].map(sample);
    const isSaid = (key: string) => [key, ...nounsOf(key)].some((one) => said.some(fits(one)));
    const unused = Object.keys(zh).filter((key) => !Object.hasOwn(foreign, key) && !composed.has(key) && !isSaid(key));
    expect(unused).toEqual([]);
  });
});

/** Whether a text, or a line of it, could be this entry's. */
function fits(key: string): (text: string) => boolean {
  const literals = key.replace(placeholder, '\0').split('\0');
  const pattern = literals.map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*');
  const anchor = literals.reduce((longest, literal) => (literal.length > longest.length ? literal : longest), '');
  const whole = new RegExp(`^\\s*${pattern}\\s*$`, 's');
  return (text) =>
    text.includes(anchor) &&
    (whole.test(text) || (text.includes('\n') && text.split('\n').some((one) => whole.test(one))));
}

/** English words three in a row, line by line. */
const englishLines = (text: string) => text.split('\n').filter((line) => english(line, 3) !== undefined);

const commands = [
  'data describe',
  'demo',
  'doctor',
  'evaluate',
  'experiment list',
  'experiment report',
  'experiment run',
  'explain',
  'gradcheck',
  'gradients',
  'inspect',
  'predict',
  'studio',
  'train',
  'tune',
  'worksheet',
];

/** What commands do when all is well, in this order: later ones read what earlier ones wrote. */
const runs = [
  'train table.csv --target y --epochs 3 --curves --out model.safetensors --record run',
  'train table.csv --target y --epochs 2 --folds 2 --schedule step --clip-norm 1 --noise 0.1 --class-weights balanced',
  'evaluate model.safetensors table.csv',
  'predict model.safetensors --input 3,4',
  'evaluate model.safetensors model.safetensors table.csv --ensemble vote',
  'experiment run saturated-neuron four-equations --quick',
  'experiment list',
  'inspect model.safetensors',
  'explain --run run --step 2 --of loss',
  'gradients example:mazur',
  'gradcheck example:mazur',
  'gradcheck example:mazur --tolerance 1e-30',
  'doctor table.csv --target y --epochs 2',
  'tune table.csv --target y --trials 2 --epochs 2 --hidden 3 --jobs 1 --dir search',
  'tune table.csv --target y --range-test --hidden 3',
  'check sheet.csv',
  'worksheet example:mazur --count 2 --out sheets',
];

/** Commands that are refused, each for its own reason. */
const refused = [
  'trian',
  'train',
  'train table.csv --hiden 3',
  'train table.csv --lr fast',
  'train table.csv',
  'train missing.csv --target y',
  'train empty.csv --target y',
  'train ragged.csv --target y',
  'train table.csv --target y --optimizer adma',
  'train table.csv --target y --schedule step:x',
  'train table.csv --target y --augment shift=1',
  'train table.csv --target y --class-weights 1,2,3',
  'train table.csv --target y --resume nothing.safetensors',
  'train table.csv --target y --network broken.json',
  'train table.csv --target y --network type.json',
  'train table.csv --target y --network units.json',
  'inspect kernel.json',
  'inspect table.csv',
  'evaluate example:mazur table.csv',
  'predict model.safetensors --input 1,2,3',
  'evaluate model.safetensors table.csv --ensemble vote',
  'experiment run first-netwrok',
  'experiment report --out report.pdf',
  'explain example:mazurr',
  'explain example:mazur --of layers.1.wieght',
  'explain example:mazur --of layers.1.weight[9,9]',
  'explain example:mazur --data batch.json',
  'explain --run run --step 999',
  'gradcheck example:mazur --row 1',
  'check',
  'check nonsense.csv',
  'worksheet',
  'studio --port 80000',
  'tune table.csv --target y --space space.json',
];

describe('in Chinese', () => {
  const folder = temporaryFolder();
  const chinese = (command: string): Promise<Run> => runIn(folder, [...command.split(' '), '--lang', 'zh']);

  beforeAll(async () => {
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    writeCsv(join(folder, 'table.csv'), twoClasses());
    write('empty.csv', '');
    write('ragged.csv', 'a,b,y\n1,2,low\n3,low\n');
    write('nonsense.csv', 'nonsense\n');
    write('sheet.csv', '# network: example:mazur\nquantity,value\nnet_h1,0.3775\nout_h1,0.7\n');
    write('batch.json', '{ "inputs": [[1, 2]] }');
    write('space.json', '{ "bacth": [8] }');
    write('broken.json', '{ "input": [2], }');
    write('type.json', '{ "input": [2], "layers": [{ "type": "dence", "units": 2 }] }');
    write('units.json', '{ "input": [2], "layers": [{ "type": "dense", "units": -3 }] }');
    write('kernel.json', '{ "input": [1, 4, 4], "layers": [{ "type": "conv2d", "filters": 1, "kernel": 9 }] }');
  });

  it.concurrent.each(commands)('the help of %s has no English sentence', async (command) => {
    const { out, err, status } = await chinese(`${command} --help`);
    expect({ left: englishLines(out), err, status }).toEqual({ left: [], err: '', status: 0 });
  });

  it('results and notices have no English sentence', { timeout: 60_000 }, async () => {
    for (const command of runs) {
      const { out, err, status } = await chinese(command);
      expect({ command, left: englishLines(out + err) }).toEqual({ command, left: [] });
      expect(status, command + err).toBeLessThan(2);
    }
  });

  it.concurrent.each(refused)('“%s” is refused without an English sentence', async (command) => {
    const { err, status } = await chinese(command);
    expect({ left: englishLines(err), status, err: err.slice(0, 3) }).toEqual({ left: [], status: 2, err: '错误：' });
  });
});
