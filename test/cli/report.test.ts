// Reports for the browser: whole, offline, safe with any data, in both languages.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runIn, temporaryFolder, twoClasses, writeCsv } from './run.ts';

const folder = temporaryFolder();
const run = (...args: string[]) => runIn(folder, args);
const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const hostile = '<img src=x onerror=alert(1)>';

/** That a page is one file that fetches and runs nothing, and whose elements are closed. */
function expectWhole(html: string): void {
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).not.toMatch(/<script|<link|https?:|url\(|onerror=alert\(1\)>/i);
  expect(html).toContain("default-src 'none'");
  for (const tag of ['section', 'table', 'tr', 'td', 'th', 'svg', 'figure', 'dl', 'ul', 'li'])
    expect([tag, count(html, `</${tag}>`)]).toEqual([tag, html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0]);
}

const count = (html: string, part: string) => html.split(part).length - 1;

beforeAll(async () => {
  const [header, ...rows] = twoClasses(60);
  writeCsv(join(folder, 'data.csv'), [
    [header[0], `b"'&`, 'y'],
    ...rows.map(([a, b, y]) => [a, b, y === 'low' ? hostile : y]),
  ]);
});

describe('train --report', () => {
  test('shows curves, confusion, mistakes, gradients and settings, the same each time', async () => {
    const args = ['train', 'data.csv', '--target', 'y', '--epochs', '3', '--seed', '2', '--out', 'm.safetensors'];
    const { status, err } = await run(...args, '--report', 'one.html');
    expect({ status, err }).toMatchObject({ status: 0, err: expect.stringContaining('one.html') });
    const html = text('one.html');
    expectWhole(html);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    for (const heading of [
      'Scores',
      'Course of training',
      'Confusion matrix',
      'mistakes',
      'Gradients by layer',
      'Settings',
    ])
      expect(html).toContain(heading);
    expect(count(html, '<svg')).toBe(2);
    await run(...args, '--report', 'two.html');
    expect(text('two.html')).toBe(html);
  });

  test('is in Chinese where asked for', async () => {
    const args = ['--lang', 'zh', 'train', 'data.csv', '--target', 'y', '--epochs', '3', '--out', 'm.safetensors'];
    await run(...args, '--report', 'zh.html');
    const html = text('zh.html');
    expectWhole(html);
    expect(html).toContain('<html lang="zh-CN">');
    for (const heading of ['得分', '训练过程', '混淆矩阵', '各层的梯度', '设置']) expect(html).toContain(`>${heading}`);
    expect(html).not.toMatch(/Scores|Settings|samples/);
  });

  test('shows images and the weights of the first layer', async () => {
    const head = (...numbers: number[]) => Buffer.from(Uint32Array.from(numbers).buffer).swap32();
    const pixels = Buffer.from(Array.from({ length: 40 * 9 }, (_, p) => (p * 7919) % 256));
    const write = (name: string, content: Buffer) => writeFileSync(join(folder, name), content);
    write('t-images-idx3-ubyte', Buffer.concat([head(0x803, 40, 3, 3), pixels]));
    write(
      't-labels-idx1-ubyte',
      Buffer.concat([head(0x801, 40), Buffer.from(Array.from({ length: 40 }, (_, i) => i % 3))]),
    );
    const args = ['train', 't-images-idx3-ubyte', '--hidden', '4', '--epochs', '1', '--out', 'i.safetensors'];
    expect((await run(...args, '--report', 'images.html')).status).toBe(0);
    const html = text('images.html');
    expectWhole(html);
    expect(html).toContain('Weights of the first layer');
    expect(count(html, 'data:image/png;base64,')).toBeGreaterThan(1);
  });

  test('of a regression has R² and the largest errors', async () => {
    const args = ['train', 'data.csv', '--target', 'a', '--ignore', 'y', '--task', 'regression', '--epochs', '3'];
    await run(...args, '--out', 'r.safetensors', '--report', 'r.html');
    const html = text('r.html');
    expectWhole(html);
    expect(html).toContain('Largest errors');
    expect(html).toContain('R²');
  });

  test('of no epoch at all is still a report', async () => {
    const args = [
      'train',
      'data.csv',
      '--target',
      'y',
      '--epochs',
      '0',
      '--out',
      'z.safetensors',
      '--report',
      'z.html',
    ];
    expect((await run(...args)).status).toBe(0);
    expect(text('z.html')).toContain('There are no epochs to draw.');
  });
});

describe('evaluate --report', () => {
  test('shows scores and mistakes without a course', async () => {
    const { status } = await run('evaluate', 'm.safetensors', 'data.csv', '--report', 'e.html');
    expect(status).toBe(0);
    const html = text('e.html');
    expectWhole(html);
    expect(html).toContain('Evaluation report');
    expect(html).not.toContain('<svg');
  });

  test('has a name that browsers open', async () => {
    const { err, status } = await run('evaluate', 'm.safetensors', 'data.csv', '--report', 'e.txt');
    expect(status).toBe(2);
    expect(err).toContain('ends in .html');
  });
});
