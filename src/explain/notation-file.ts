// A reader's own notation from a JSON file: symbols as templates, conventions, and a notation of the house to start from.
import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import { parseJson } from '../formats/network-file.ts';
import { choose, parseWith, strict } from '../options.ts';
import * as notations from './notations/index.ts';
import type { Notation } from './notations/notation.ts';
import { requirePlaceholders } from './notations/template.ts';
import { type Entry, templatedSymbols } from './notations/templated.ts';

const layerNames = ['l', 'l0', 'l2'];
const neuronNames = ['i', 'j', 'k', 'i0', 'j0', 'k0'];
const weightNames = ['j', 'k', 'j0', 'k0'];
const sampleNames = ['s', 's0'];

/** The symbols of a notation file, each with the placeholders that mean something in it. */
const placeholders = {
  input: [...neuronNames, ...sampleNames],
  target: [...neuronNames, ...sampleNames],
  weightedInput: [...layerNames, ...neuronNames, ...sampleNames],
  activation: [...layerNames, ...neuronNames, ...sampleNames],
  delta: [...layerNames, ...neuronNames, ...sampleNames],
  weight: [...layerNames, ...weightNames, 'n'],
  bias: [...layerNames, ...neuronNames],
  lossTerm: [...neuronNames, ...sampleNames],
  loss: [],
  learningRate: [],
  sampleLoss: sampleNames,
  dataLoss: [],
  gradient: ['of'],
  quantity: ['name', ...layerNames, ...neuronNames, ...sampleNames],
} as const satisfies Record<string, readonly string[]>;

/** What a notation cannot do without; the rest has defaults. */
const required = [
  'input',
  'target',
  'weightedInput',
  'activation',
  'delta',
  'weight',
  'bias',
  'lossTerm',
  'loss',
  'learningRate',
] as const satisfies readonly (keyof typeof placeholders)[];

const template = strict({ latex: z.string().check(z.minLength(1)), text: z.string().check(z.minLength(1)) });
/** One template for all layers, or one for the hidden ones and one for the output. */
const layered = strict({
  latex: z.optional(z.string().check(z.minLength(1))),
  text: z.optional(z.string().check(z.minLength(1))),
  hidden: z.optional(template),
  output: z.optional(template),
}).check(
  z.refine(
    (entry) => isComplete(entry),
    'needs "latex" and "text", or "hidden" and "output" that have both, and nothing beside them.',
  ),
);
type Layered = z.output<typeof layered>;

function isComplete({
  latex,
  text,
  hidden,
  output,
}: { readonly [Part in 'latex' | 'text' | 'hidden' | 'output']?: unknown }): boolean {
  const [same, different] = [
    [latex, text],
    [hidden, output],
  ].map((pair) => pair.filter((part) => part !== undefined).length);
  return (same === 2 && different === 0) || (same === 0 && different === 2);
}

const schema = strict({
  $schema: z.optional(z.string()),
  name: z.string().check(z.minLength(1)),
  title: z.optional(strict({ en: z.string(), zh: z.optional(z.string()) })),
  base: z.optional(z.enum(Object.keys(notations))),
  symbols: strict({
    input: z.optional(template),
    target: z.optional(template),
    weightedInput: z.optional(layered),
    activation: z.optional(layered),
    delta: z.optional(layered),
    weight: z.optional(layered),
    bias: z.optional(layered),
    lossTerm: z.optional(template),
    loss: z.optional(template),
    learningRate: z.optional(template),
    sampleLoss: z.optional(template),
    dataLoss: z.optional(template),
    gradient: z.optional(template),
    quantity: z.optional(layered),
  }),
  matrices: z.optional(
    strict({
      input: z.optional(template),
      target: z.optional(template),
      weightedInput: z.optional(layered),
      activation: z.optional(layered),
      delta: z.optional(layered),
      weight: z.optional(layered),
      bias: z.optional(layered),
    }),
  ),
  conventions: z.optional(
    strict({
      delta: z.optional(z.enum(['derivative', 'negated'])),
      bias: z.optional(z.enum(['bias', 'threshold'])),
      weights: z.optional(z.enum(['into', 'from'])),
      samples: z.optional(z.enum(['columns', 'rows'])),
      update: z.optional(z.enum(['direct', 'increment'])),
    }),
  ),
});

/** The JSON Schema of a notation file, made from the schema that reads it. */
export function notationJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io: 'input' }), title: 'chainrule notation' };
}

/**
 * The notation that the text of a notation file describes.
 * @param fileName the file's name, for the error's sentence
 * @throws ChainruleError `bad-file` where it is no JSON, or naming the first symbol, key or placeholder that does not fit
 */
export function readNotation(text: string, fileName: string): Notation {
  const description = parseJson(text, fileName);
  try {
    return notationFrom(parseWith(schema, description, '', 'bad-file'));
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new ChainruleError(error.code, `${fileName}: ${error.message}`, { cause: error });
  }
}

function notationFrom({ name, title, base, symbols, matrices, conventions }: z.output<typeof schema>): Notation {
  const from = base === undefined ? undefined : choose<Notation>(base, notations, 'notation');
  const missing = from === undefined ? required.find((symbol) => symbols[symbol] === undefined) : undefined;
  if (missing !== undefined) {
    throw new ChainruleError(
      'bad-file',
      `symbols.${missing} is missing; give its "latex" and "text", or a "base" notation that it is taken from.`,
    );
  }
  const own = entriesOf(symbols, 'symbols', placeholders);
  const whole = entriesOf(matrices ?? {}, 'matrices', {});
  return {
    name,
    title: { en: title?.en ?? name, zh: title?.zh ?? title?.en ?? name },
    conventions: { ...from?.conventions, ...conventions },
    symbols: (network, samples) => templatedSymbols(own, whole, network, from?.symbols(network, samples)),
  };
}

/** Templates by symbol, their placeholders checked. */
function entriesOf(
  given: Readonly<Record<string, Layered | undefined>>,
  place: string,
  allowed: Readonly<Record<string, readonly string[]>>,
): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [symbol, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const names = allowed[symbol] ?? layerNames;
    const { latex, text, hidden, output } = value;
    if (hidden !== undefined && output !== undefined) {
      requirePlaceholders(hidden, names, `${place}.${symbol}.hidden`);
      requirePlaceholders(output, names, `${place}.${symbol}.output`);
      entries.set(symbol, { hidden, output });
    } else if (latex !== undefined && text !== undefined) {
      requirePlaceholders({ latex, text }, names, `${place}.${symbol}`);
      entries.set(symbol, { hidden: { latex, text }, output: { latex, text } });
    }
  }
  return entries;
}
