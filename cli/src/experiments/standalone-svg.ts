// A report's chart as a file of its own: what the page's style sheet says of it is put into it.
import { styles } from '../report/styles.ts';

/** The rules of the page's style sheet that are about charts, on white. */
const chartStyles = [...styles.matchAll(/^:root \{[^}]*\}/gm), ...styles.matchAll(/^svg [^{]*\{[^}]*\}/gm)].map(
  ([rule]) => rule.replace('color-scheme: light dark;', ''),
);

/** The text of an SVG file. */
export function standaloneSvg(element: string): string {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(element) ?? ['', '460', '280'];
  const style = `<style>${chartStyles.join('\n')}\nsvg { font-family: system-ui, sans-serif; }</style>`;
  const paper = `<rect width="${width}" height="${height}" fill="#fff"/>`;
  return `${element
    .replace('<svg ', `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" `)
    .replace('>', `>\n${style}\n${paper}`)}\n`;
}
