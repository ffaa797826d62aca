// Paragraphs in lines of a terminal's width, where East Asian characters take two columns.

/** A word, or one East Asian character, with the marks that must not be parted from it. */
const pieces = /[（“]*(?:[^\s\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff\uff00-\uffef])[，。；：、）！？”]*\s*|\s+/g;

/** A paragraph in lines of at most `width` columns: broken at spaces, and between any two East Asian characters. */
export function wrapped(paragraph: string, width: number): string[] {
  const lines = [''];
  for (const piece of paragraph.match(pieces) ?? []) {
    const last = lines.length - 1;
    if (lines[last] === '' || columns((lines[last] + piece).trimEnd()) <= width) lines[last] += piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
/** Whatever does not take one column for one unit of the string. */
const special = new RegExp(`\\p{M}|[\\u{10000}-\\u{10ffff}]|${wide.source}`, 'u');

/** How many columns of a terminal a text takes: East Asian wide characters two, combining marks none. */
export function columns(text: string): number {
  if (!special.test(text)) return text.length;
  let total = 0;
  for (const character of text) if (!/\p{M}/u.test(character)) total += wide.test(character) ? 2 : 1;
  return total;
}
