// Every link from a document to another place in the repository leads somewhere: the file is there, and so is the heading.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

const withoutBlocks = (text: string): string => text.replaceAll(/```[\s\S]*?```/g, '');
const withoutCode = (text: string): string => withoutBlocks(text).replaceAll(/`[^`\n]*`/g, '');

/** The names that a link can give to the headings of a document, as GitHub makes them, and the places it names itself. */
function anchorsOf(file: string): Set<string> {
  const text = withoutBlocks(readFileSync(file, 'utf8'));
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  const seen = new Map<string, number>();
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
  return new Set([...named, ...headings]);
}

describe.each(documents)('%s', (name) => {
  it('has no link that leads nowhere', () => {
    const file = join(root, name);
    const targets = [...withoutCode(readFileSync(file, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to);
    const local = [...new Set(targets)].filter((to) => !/^[a-z]+:/.test(to));
    const broken = local.filter((to) => {
      const [path, anchor] = to.split('#');
      const target = path === '' ? file : join(dirname(file), decodeURI(path));
      if (!existsSync(target) || relative(root, target).startsWith('..')) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(decodeURI(anchor));
    });
    expect(broken).toEqual([]);
  });
});
