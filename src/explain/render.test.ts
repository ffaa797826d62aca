// What all renderers promise: everything fits, sums say what they leave out and when they are rounded, no text is taken for markup.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import mazurNetwork from '../../examples/mazur.json' with { type: 'json' };
import { networkFrom } from '../formats/index.ts';
import { activation, avgPool2d, batchNorm, conv2d, dense, dropout, flatten, maxPool2d } from '../layers/index.ts';
import { network } from '../network/index.ts';
import { adam, nadam } from '../optimizers/index.ts';
import { renderHtml } from './html/index.ts';
import {
  countLines,
  explain,
  languages,
  type Notation,
  notations,
  renderJson,
  renderLatex,
  renderMarkdown,
  renderText,
} from './index.ts';
import { columns } from './wrap.ts';

const mazur = networkFrom(mazurNetwork, 'examples/mazur.json');
const sample = { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] };
const image = [0.1, 0.7, 0.4, 0.3, 0].map((a) => [a, 0.5 - a, a * a, 1, 0]);

const softmax = explain(network([dense(3, 'tanh'), dense(3, 'softmax')], { input: 2, seed: 3 }), {
  inputs: [
    [0.5, -1],
    [-0.25, 0.75],
  ],
  targets: [
    [1, 0, 0],
    [0, 0, 1],
  ],
  optimizer: adam(),
  depth: 2,
});
const images = explain(
  network([conv2d(2, 2, 'relu'), maxPool2d(2), flatten(), dense(2, 'sigmoid')], { input: [1, 5, 5], seed: 8 }),
  { inputs: [[image]], targets: [[0, 1]], learningRate: 0.5 },
);
const wide = explain(network([dense(30, 'sigmoid'), dense(10, 'sigmoid')], { input: 784, seed: 2 }), {
  inputs: [Array.from({ length: 784 }, (_, i) => (i % 5) / 4)],
  targets: [Array.from({ length: 10 }, (_, i) => Number(i === 3))],
  learningRate: 3,
  of: ['layers.0.z[7]'],
});

describe('text fits a terminal', () => {
  test.each([
    ['softmax', softmax, 'zh'],
    ['images', images, 'en'],
    ['wide', wide, 'zh'],
  ] as const)('of 80 columns: %s, in every notation', (_, derivation, language) => {
    for (const notation of Object.keys(notations)) {
      const text = renderText(derivation, { notation, language, width: 80, form: 'both' });
      expect(text.split('\n').filter((line) => columns(line) > 80)).toEqual([]);
    }
  });
});

describe('long sums', () => {
  test.each([
    ['en', '781 more terms that sum to', '781 more terms\n'],
    ['zh', '其余 781 项之和', '其余 781 项\n'],
  ])('say in words what is left out, in %s', (language, sum, terms) => {
    const text = renderText(wide, { language, width: 200 });
    expect(text).toContain(sum);
    expect(text).toContain(terms);
    expect(renderMarkdown(wide, { language })).toContain(`\\text{${sum} }`);
  });

  test('leave nothing out where all was asked for', () => {
    const text = renderText(wide, { full: true });
    expect(text).not.toContain('more terms');
    expect(text.match(/ · x/g)).toHaveLength(784);
  });

  test('add up to the total: what is shown, and the rest', () => {
    const [, , line] = renderText(wide, { width: 1000 }).split('=').slice(-3);
    expect(line).toBeDefined();
    const { value } = wide.steps[0];
    const shown =
      renderText(wide, { width: 1000 })
        .split('\n')
        .find((row) => row.includes('that sum to')) ?? '';
    const terms = shown.replaceAll('−', '-').replaceAll(/[=()]/g, '').split(' + ');
    const total = terms.reduce((sum, term) => {
      const words = term.replace(/.*that sum to /, '');
      return sum + words.split(' · ').reduce((product, factor) => product * Number(factor), 1);
    }, 0);
    expect(total).toBeCloseTo(value, 7);
  });
});

describe('rounding', () => {
  test('is said where the numbers as shown give another last digit, and nowhere else', () => {
    const text = renderText(explain(mazur, sample), { notation: 'mazur' });
    // 0.5 · (0.751365070 − 0.01)² = 0.27481108350…, the unrounded value 0.27481108317…
    expect(text).toMatch(/0\.5 · \(0\.751365070 − 0\.01\)²\n +≈ 0\.274811083\n/);
    expect(text).toMatch(/= 0\.274811083 \+ 0\.023560026\n += 0\.298371109\n/);
    expect(text).toContain(languages.en.notes.rounded.slice(0, 30));
  });

  test('is not mentioned where nothing is rounded', () => {
    const exact = explain(network([dense(1)], { input: 1, parameters: { 'layers.0.weight': [[2]] } }), {
      inputs: [[3]],
      targets: [[5]],
      learningRate: 0.5,
    });
    expect(renderText(exact)).not.toContain('≈');
  });
});

describe('the matrix form', () => {
  test('shows BP2 with its matrices', () => {
    const text = renderText(explain(mazur, sample), { form: 'matrices' });
    expect(text).toContain(
      [
        '    δ² = ((w³)ᵀ · δ³) ⊙ σ′(z²)   (BP2)',
        '       = ⎛⎡0.4  0.45⎤ᵀ · ⎡ 0.138498562⎤⎞ ⊙ ⎡0.241300709⎤',
        '         ⎝⎣0.5  0.55⎦    ⎣−0.038098237⎦⎠   ⎣0.240613417⎦',
        '       = ⎡0.008771355⎤',
        '         ⎣0.009954255⎦',
      ].join('\n'),
    );
  });

  test('stands beside the other where both are asked for', () => {
    const both = renderText(explain(mazur, sample), { form: 'both' });
    for (const form of ['matrices', 'elements'] as const) {
      const one = renderText(explain(mazur, sample), { form });
      const equations = one.split('\n\n').filter((block) => /^ {4}\S+ +=/.test(block));
      for (const equation of equations.slice(0, -1)) expect(both).toContain(equation);
    }
  });

  test('of a large network has sizes, norms and largest entries, and says how to ask for more', () => {
    const text = renderText({ ...wide, steps: [] }, { width: 200 });
    expect(text).toMatch(/w² ∈ ℝ\^\(30 × 784\), {2}‖w²‖ = [\d.]+, {2}w²_\{\d+,\d+\} = /);
    expect(text).toContain('layers.0.weight.grad[0,0]');
  });

  test('comes with the data for scripts', () => {
    const { matrices } = renderJson(explain(mazur, sample), { form: 'both' });
    expect(matrices?.find(({ rule }) => rule === 'BP2')?.formula).toContain('\\odot');
  });
});

describe('Markdown is what GitHub takes', () => {
  const text = renderMarkdown(softmax, { form: 'both', notation: 'ng' });
  const fences = [...text.matchAll(/^```math\n([^`]*)\n```$/gm)].map(([, math]) => math);

  test('formulas stand in fences with no empty line in them', () => {
    expect(fences.length).toBeGreaterThan(50);
    expect(text.replaceAll(/^```math\n[^`]*\n```$/gm, '')).not.toMatch(/[$`]|\\begin/);
    for (const math of fences) expect(math).not.toMatch(/\n\s*\n/);
  });

  test('without the commands it refuses', () => {
    expect(text).not.toMatch(/\\(operatorname|phantom|mbox|newcommand|;)/);
  });
});

describe('words are words, whatever they contain', () => {
  const hostile: Notation = {
    ...notations.nielsen,
    title: { en: '<script>&"*_`$x$ 50% {a}\\b', zh: '<b>' },
  };

  test('in HTML', () => {
    const page = renderHtml(explain(mazur, sample), { notation: hostile });
    expect(page).toContain('&lt;script&gt;&amp;&quot;*_`$x$ 50% {a}\\b');
    expect(page).not.toMatch(/<script/);
  });

  test('in Markdown', () => {
    expect(renderMarkdown(explain(mazur, sample), { notation: hostile })).toContain(
      '\\<script\\>&"\\*\\_\\`\\$x\\$ 50% {a}\\\\b',
    );
  });

  test('in LaTeX', () => {
    expect(renderLatex(explain(mazur, sample), { notation: hostile })).toContain(
      '$<$script$>$\\&"*\\_`\\$x\\$ 50\\% \\{a\\}\\textbackslash{}b',
    );
  });
});

describe('every notation can be set on a page', () => {
  const odd = explain(
    network(
      [conv2d(1, 2), batchNorm(), activation('gelu'), avgPool2d(2), flatten(), dropout(0.5), dense(2, 'softmax')],
      {
        input: [1, 3, 3],
        seed: 3,
        l1: 0.01,
      },
    ),
    {
      inputs: [[image.slice(0, 3).map((row) => row.slice(0, 3))]],
      targets: [[1, 0]],
      optimizer: nadam(),
      verify: true,
    },
  );
  test.each(Object.keys(notations))('%s: no formula is refused', (notation) => {
    const page = renderHtml(odd, { notation, form: 'both', digits: 4 });
    expect(page).not.toMatch(/undefined|NaN|temml-error|color:#b22222/);
  });
});

describe('a page', () => {
  test('says its language, and loads nothing', () => {
    const page = renderHtml(explain(mazur, sample), { language: 'zh' });
    expect(page).toContain('<html lang="zh-CN">');
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<link|url\(|@import/);
  });

  test('highlights the way of the chosen weight: its line, what follows, nothing else', () => {
    const page = renderHtml(explain(mazur, { ...sample, of: ['layers.0.weight.grad[0,1]'] }));
    const lines = (mark: string) => page.match(new RegExp(`<line class="edge${mark}"`, 'g'))?.length ?? 0;
    expect([lines(' chosen'), lines(' path'), lines('')]).toEqual([1, 2, 5]);
  });

  test('draws layers of many neurons and of images as blocks', () => {
    expect(renderHtml(images)).toMatch(/<rect class="unit"[^>]*><\/rect><text[^>]*>2 × 4 × 4</);
    expect(renderHtml(wide)).toMatch(/<rect[^>]*><\/rect><text[^>]*>784</);
  });

  test('has each id once', () => {
    const ids = [...renderHtml(explain(mazur, sample), { form: 'both' }).matchAll(/ id="([^"]+)"/g)].map(
      ([, id]) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('what typesets a page is loaded by pages alone', () => {
  const seen = new Set<string>();
  const imported = (file: string): string[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    return [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^'"]*from '([^']+)'/gm)].flatMap(([, name]) =>
      name.startsWith('.') ? imported(resolve(dirname(file), name)) : [name],
    );
  };
  const from = (entry: string) => {
    seen.clear();
    return imported(resolve(import.meta.dirname, entry));
  };
  expect(from('html/index.ts')).toContain('temml');
  expect(from('index.ts')).not.toContain('temml');
});

test.each([
  ['', 0],
  ['a', 1],
  ['a\n', 1],
  ['a\nb', 2],
  ['\n\n', 2],
])('the lines of %j are counted: %i', (text, count) => expect(countLines(text)).toBe(count));
