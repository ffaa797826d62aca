// `check` as people call it: sheets, classes, gradients, and what cannot be read.
import { closeSync, copyFileSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const root = fileURLToPath(new URL('../../', import.meta.url));
const write = (name: string, text: string) => writeFileSync(at(name), text);

const header = '# network: example:mazur\nquantity,value\n';
write('right.csv', `${header}net_h1,0.3775\nout_h1,0.59327\nE_total,0.298371\n`);
write('wrong.csv', `${header}net_h1,0.3775\nout_h1,0.59327\nE_total,2.98371\n`);
copyFileSync(join(root, 'examples/closing-figures.csv'), at('closing-figures.csv'));

describe('a sheet', () => {
  it('that is right is done with 0', async () => {
    const { out, status } = await runIn(folder, ['check', 'right.csv']);
    expect(out).toContain('3 right, 0 wrong of 3.');
    expect(status).toBe(0);
  });

  it('with a mistake is done with 1, and the mistake is said in the language asked for', async () => {
    const english = await runIn(folder, ['check', 'wrong.csv']);
    const chinese = await runIn(folder, ['check', 'wrong.csv', '--lang', 'zh']);
    expect([english.status, chinese.status]).toEqual([1, 1]);
    expect(english.out.replace(/\s+/g, ' ')).toContain(
      'The decimal point of E_total has moved: 0.298371109, not 2.98371.',
    );
    expect(chinese.out).toContain('小数点移了位');
  });

  it('of the closing figures that everyone copies names their mistake, with no flags', async () => {
    const { out, status } = await runIn(folder, ['check', 'closing-figures.csv', '--json']);
    const report = JSON.parse(out);
    expect(status).toBe(1);
    expect(report.diagnoses.map(({ misconception }: { misconception: string }) => misconception)).toEqual([
      'hidden-delta-uses-updated-weights',
    ]);
    expect(report.score).toMatchObject({ wrong: 4, total: 4 });
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['items', 'diagnoses', 'convention', 'score']));
    expect(report.items[0]).toMatchObject({
      quantity: 'after.1.E_total',
      id: 'after.1.loss',
      given: 0.291027924,
      verdict: 'wrong',
    });
  });

  it('comes from standard input, and flags go before what it says', async () => {
    const text = 'net_h1 = 0.39\n';
    const { status } = await runIn(folder, ['check', '-', '--network', 'example:mazur', '--input', '0.1,0.125'], text);
    expect(status).toBe(0);
  });

  it('as a page is one file that fetches nothing', async () => {
    const { err, status } = await runIn(folder, ['check', 'wrong.csv', '--out', 'marked.html']);
    const page = readFileSync(at('marked.html'), 'utf8');
    expect([status, err.trim()]).toEqual([1, 'wrote marked.html']);
    expect(page).toContain('<html lang="en">');
    expect(page).not.toMatch(/<script|https?:|<link/);
  });

  it('escapes what a student wrote', async () => {
    write(
      'hostile.csv',
      '# network: example:mazur\n# name: <script>alert(1)</script>\nquantity,value\nnet_h1,0.3775\n',
    );
    const { out } = await runIn(folder, ['check', 'hostile.csv', '--format', 'html']);
    expect(out).not.toContain('<script>');
    expect(out).toContain('&lt;script&gt;');
  });

  it('with an optimizer of its own and a network beside it', async () => {
    const network = {
      input: [1],
      layers: [{ type: 'dense', units: 1 }],
      parameters: { 'layers.0.weight': [[2]], 'layers.0.bias': [1] },
    };
    write('net.json', JSON.stringify(network));
    const lines = [
      '# network: net.json',
      '# input: 3',
      '# target: 5',
      '# lr: 0.1',
      '# optimizer: momentum momentum=0.5',
    ];
    // z = 7, δ = 2, v = −0.2, b⁺ = 0.8; then z = 5 (the weight is now 1.4), δ = 0, v = −0.1, b⁺ = 0.7
    write(
      'momentum.txt',
      `${lines.join('\n')}\nlayers.0.z[0] = 7\nlayers.0.bias.next[0] = 0.8\nafter.2.layers.0.bias[0] = 0.7\n`,
    );
    const { out, status } = await runIn(root, ['check', at('momentum.txt')]);
    expect(out).toContain('3 right');
    expect(status).toBe(0);
  });
});

describe('a class', () => {
  mkdirSync(at('class'));
  for (const [name, text] of Object.entries({
    'ada.csv': readFileSync(at('right.csv'), 'utf8'),
    'bob.csv': readFileSync(at('wrong.csv'), 'utf8'),
    'cai.csv': `# name: 蔡\n${readFileSync(at('closing-figures.csv'), 'utf8')}`,
    'dee.md': 'nothing here',
  })) {
    write(join('class', name), text);
  }

  it('is a table of who made which mistake, and a sheet that cannot be read says why', async () => {
    const { out, status } = await runIn(folder, ['check', '--class', 'class', '--format', 'csv']);
    const lines = out.trim().split('\n');
    expect(lines[0]).toBe('name,points,total,right,rounding,follows,wrong,blank,mistakes,problem');
    expect(lines[1]).toBe('ada,3,3,3,0,0,0,0,,');
    expect(lines[2]).toContain('arithmetic-slip');
    expect(lines[3]).toMatch(/^蔡,0,4,.*hidden-delta-uses-updated-weights/);
    expect(lines[4]).toMatch(/^dee,.*is no worksheet/);
    expect(status).toBe(1);
  });

  it('has its commonest mistakes in text and as a page', async () => {
    const text = await runIn(folder, ['check', '--class', 'class']);
    expect(text.out).toMatch(/hidden-delta-uses-updated-weights\s+1\s+蔡/);
    await runIn(folder, ['check', '--class', 'class', '--out', 'class.html', '--lang', 'zh']);
    expect(readFileSync(at('class.html'), 'utf8')).toContain('最常见的错误');
  });
});

describe('gradients', () => {
  it('of another program are compared tensor by tensor', async () => {
    const { out } = await runIn(folder, ['gradients', 'example:mazur', '--json']);
    write('ours.json', out);
    const parsed = JSON.parse(out);
    parsed.gradients['layers.1.weight'] = parsed.gradients['layers.1.weight'].map((row: number[]) =>
      row.map((g) => -g),
    );
    write('theirs.json', JSON.stringify(parsed));
    const right = await runIn(folder, ['check', '--gradients', 'ours.json', '--network', 'example:mazur']);
    const wrong = await runIn(folder, ['check', '--gradients', 'theirs.json', '--network', 'example:mazur']);
    expect([right.status, wrong.status]).toEqual([0, 1]);
    expect(right.out).toContain('All gradients are right.');
    expect(wrong.out).toMatch(/layers\.1\.weight\s+layers\.1\.weight\s+off by the factor −1/);
    expect(wrong.out).toContain('Wrong from the output layer (layer 1) backward.');
  });
});

describe('what cannot be marked is said in one sentence, with 2', () => {
  const huge = openSync(at('huge.csv'), 'w');
  ftruncateSync(huge, 100 * 2 ** 20);
  closeSync(huge);
  write('no-network.csv', 'quantity,value\nnet_h1,0.3\n');
  write('empty.csv', '');
  write('unknown.csv', `${header}net_h9,0.3\n`);
  write('other.csv', `${header}net_h1,7.1\nnet_h2,3.2\nout_h1,0.99\nE_total,0.9\n`);
  writeFileSync(at('binary.csv'), Uint8Array.of(0xff, 0xfe, 0, 1, 2));

  it.each([
    ['a file of 100 MB', ['huge.csv'], 'bytes where at most'],
    ['no network', ['no-network.csv'], 'does not say which network it is about'],
    ['an empty file', ['empty.csv'], 'is empty'],
    ['an unknown name', ['unknown.csv'], 'did you mean'],
    ['another network', ['other.csv'], 'seems to be for another network'],
    ['no text', ['binary.csv'], 'is not UTF-8 text'],
    ['no file', ['none.csv'], 'it does not exist'],
    ['nothing to check', [], 'check needs a worksheet'],
    ['two things at once', ['right.csv', '--class', '.'], 'exclude each other'],
    ['a folder without sheets', ['--class', 'none'], 'is no folder that can be read'],
    ['gradients without a network', ['--gradients', 'right.csv'], 'give --network'],
    ['a format that there is not', ['right.csv', '--format', 'csv'], 'it is one of text, json, html'],
    [
      'an unknown optimizer',
      ['right.csv', '--optimizer', 'adamm'],
      'there is no optimizer "adamm" (did you mean "adam"?)',
    ],
  ])('%s', async (_, args, sentence) => {
    const { out, err, status } = await runIn(folder, ['check', ...args]);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect([out, status]).toEqual(['', 2]);
  });
});
