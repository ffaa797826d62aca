// Rendered derivations, compared to the last character with files that were read by eye. `UPDATE_GOLDEN=1 npx vitest run
// test/golden/explain.test.ts` writes them anew; what changed is then to be read again.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import { renderHtml } from '../../src/explain/html/index.ts';
import {
  type Derivation,
  explain,
  languages,
  notations,
  type RenderOptions,
  renderJson,
  renderLatex,
  renderMarkdown,
  renderText,
} from '../../src/explain/index.ts';
import { networkFrom } from '../../src/formats/index.ts';
import { conv2d, dense, flatten, maxPool2d } from '../../src/layers/index.ts';
import { network } from '../../src/network/index.ts';
import { adam } from '../../src/optimizers/index.ts';

const folder = join(import.meta.dirname, 'explain');
const rewrite = process.env.UPDATE_GOLDEN === '1';

const renderers: Readonly<Record<string, (derivation: Derivation, options: RenderOptions) => string>> = {
  txt: renderText,
  md: renderMarkdown,
  tex: renderLatex,
  html: renderHtml,
  json: (derivation, options) => `${JSON.stringify(renderJson(derivation, options), null, 1)}\n`,
};

/** One derivation in some ways of writing. */
interface Case {
  readonly name: string;
  readonly derivation: Derivation;
  /** Notations with their languages. */
  readonly ways: readonly (readonly [notation: string, language: string])[];
  readonly formats: readonly (keyof typeof renderers)[];
  readonly options?: RenderOptions;
}

const all = Object.keys(notations).flatMap((notation) =>
  Object.keys(languages).map((language) => [notation, language] as const),
);
const both = [
  ['nielsen', 'en'],
  ['ng', 'zh'],
] as const;

const mazur = networkFrom(mazurNetwork, 'examples/mazur.json');
const sample = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };

const softmax = network([dense(2, 'tanh'), dense(3, 'softmax')], { input: 2, loss: 'logLikelihood', seed: 3 });
const batch = {
  inputs: [
    [0.5, -1],
    [-0.25, 0.75],
  ],
  targets: [
    [1, 0, 0],
    [0, 0, 1],
  ],
};

const penalized = network([dense(2, 'relu'), dense(1)], { input: 2, seed: 5, l2: 0.01, l1: 0.001 });

const image = [0, 0.2, 0.9, 0.4, 0.1].map((shade) => [0.1, 0.7, shade, 0.3, 0]);
const pooled = network([conv2d(2, 2, 'relu'), maxPool2d(2), flatten(), dense(3, 'softmax')], {
  input: [1, 5, 5],
  seed: 8,
});

const digit = network([dense(20, 'sigmoid'), dense(10, 'sigmoid')], { input: 100, seed: 2 });
const digitSample = {
  inputs: [Array.from({ length: 100 }, (_, i) => (i % 7) / 6)],
  targets: [Array.from({ length: 10 }, (_, i) => Number(i === 3))],
};

const cases: readonly Case[] = [
  { name: 'mazur', derivation: explain(mazur, sample), ways: all, formats: ['txt', 'md', 'tex'] },
  {
    name: 'mazur-of-one-weight',
    derivation: explain(mazur, { ...sample, of: ['layers.0.weight.next[0,1]', 'layers.0.weight.grad[0,1]'] }),
    ways: all,
    formats: ['html', 'json'],
  },
  {
    name: 'mazur-in-both-forms',
    derivation: explain(mazur, sample),
    ways: [
      ['nielsen', 'en'],
      ['ng', 'zh'],
      ['xigua', 'zh'],
      ['residual', 'en'],
    ],
    formats: ['txt', 'md', 'tex'],
    options: { form: 'both' },
  },
  {
    name: 'mazur-unfolded-and-verified',
    derivation: explain(mazur, { ...sample, of: ['layers.0.weight.grad[0,1]'], verify: true, depth: 3 }),
    ways: both,
    formats: ['txt', 'md', 'tex', 'html'],
    options: { form: 'both' },
  },
  {
    name: 'softmax-adam-batch',
    derivation: explain(softmax, { ...batch, optimizer: adam({ learningRate: 0.01 }) }),
    ways: both,
    formats: ['txt', 'tex'],
    options: { form: 'both', digits: 6 },
  },
  {
    name: 'penalties',
    derivation: explain(penalized, { inputs: [[1, -2]], targets: [[0.5]], learningRate: 0.1 }),
    ways: [
      ['indexed', 'en'],
      ['residual', 'zh'],
    ],
    formats: ['txt', 'md', 'tex'],
  },
  {
    name: 'convolution',
    derivation: explain(pooled, {
      inputs: [[image]],
      targets: [[0, 1, 0]],
      learningRate: 0.5,
      of: ['layers.0.weight.next[0,0,0,1]', 'layers.0.weight.grad[0,0,0,1]', 'layers.1.z[0,0,0]', 'layers.3.delta[1]'],
      verify: true,
    }),
    ways: both,
    formats: ['txt', 'md', 'tex', 'html'],
  },
  {
    name: 'wide-layer',
    derivation: explain(digit, {
      ...digitSample,
      learningRate: 3,
      of: ['layers.0.z[7]', 'layers.0.weight.grad[7,12]'],
    }),
    ways: both,
    formats: ['txt', 'md', 'tex', 'html'],
    options: { form: 'both' },
  },
];

/** Files by their names, `case.notation.language.format`. */
const files = new Map(
  cases.flatMap(({ name, derivation, ways, formats, options }) =>
    ways.flatMap(([notation, language]) =>
      formats.map((format): [string, () => string] => [
        `${name}.${notation}.${language}.${format}`,
        () => renderers[format](derivation, { ...options, notation, language }),
      ]),
    ),
  ),
);

describe('a rendered derivation is what was read by eye', () => {
  beforeAll(() => {
    if (!rewrite) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const [name, render] of files) writeFileSync(join(folder, name), render());
  });

  test.each([...files])('%s', (name, render) => {
    expect(render()).toBe(readFileSync(join(folder, name), 'utf8'));
  });

  test('no file is left over from a case that there no longer is', () => {
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
  });
});
