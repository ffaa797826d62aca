// Paragraphs in lines of a terminal's width, where East Asian characters take two columns.

/** A paragraph in lines of at most `width` columns: broken at spaces, and between any two East Asian characters. */
export function wrapped(paragraph: string, width: number): string[] {
  const pieces = paragraph.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? [];
  const lines = [''];
  for (const piece of pieces) {
    const last = lines.length - 1;
    // A line does not begin with a closing mark, nor end with an opening one.
    if (columns(lines[last] + piece.trimEnd()) <= width || /^[，。；：、）！？”,.;:)]/.test(piece))
      lines[last] += piece;
    else {
      const opening = /[（(“]$/.exec(lines[last])?.[0] ?? '';
      lines[last] = lines[last].slice(0, lines[last].length - opening.length);
      lines.push(opening + piece);
    }
  }
  return lines.map((line) => line.trimEnd());
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** How many columns of a terminal a text takes: East Asian wide characters two, combining marks none. */
export function columns(text: string): number {
  let total = 0;
  for (const character of text) if (!/\p{M}/u.test(character)) total += wide.test(character) ? 2 : 1;
  return total;
}
