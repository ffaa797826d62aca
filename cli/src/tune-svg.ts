// Plots as SVG files: panels with two labelled axes, points, lines. What is in them is tune-figures.ts's business.
import { escaped } from './report/html.ts';
import type { Axis } from './tune-axis.ts';

/** One panel of a figure; x and y of everything in it are values, not pixels. */
export interface Panel {
  readonly x: Axis;
  readonly y: Axis;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines?: readonly {
    readonly points: readonly (readonly [x: number, y: number])[];
    readonly color: string;
    readonly width: number;
  }[];
  readonly points?: readonly {
    readonly x: number;
    readonly y: number;
    readonly color: string;
    readonly ringed?: boolean;
    readonly title: string;
  }[];
  /** Dashed lines across the panel, each with a few words. */
  readonly rules?: readonly {
    readonly at: { readonly x: number } | { readonly y: number };
    readonly label: string;
  }[];
}

/** A figure. */
export interface Figure {
  readonly title: string;
  readonly panels: readonly Panel[];
  /** What the colours mean. */
  readonly legend?: readonly { readonly color: string; readonly label: string; readonly ringed?: boolean }[];
  /** Panels side by side; 3 unless given. */
  readonly columns?: number;
  readonly panelWidth?: number;
  readonly panelHeight?: number;
}

const margin = { left: 62, right: 18, top: 14, bottom: 48 };
const header = 62;
/** Keeps words readable where lines or points lie behind them. */
const halo = 'stroke="#fff" stroke-width="3" paint-order="stroke"';
const ink = { text: '#222', faint: '#666', grid: '#e4e4e4', axis: '#888' };

/** The figure as the text of an SVG file. */
export function svg(figure: Figure): string {
  const { panels, columns = 3, panelWidth = 320, panelHeight = 250 } = figure;
  const across = Math.min(columns, panels.length);
  const width = Math.max(across * panelWidth, 480);
  const height = header + Math.ceil(panels.length / across) * panelHeight;
  const drawn = panels.map((panel, i) => {
    const [left, top] = [(i % across) * panelWidth, header + Math.floor(i / across) * panelHeight];
    return `<g transform="translate(${left + margin.left} ${top + margin.top})">\n${panelSvg(
      panel,
      panelWidth - margin.left - margin.right,
      panelHeight - margin.top - margin.bottom,
    )}\n</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="${ink.text}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(margin.left, 24, figure.title, 'font-size="15" font-weight="600"'),
    ...legendSvg(figure.legend ?? []),
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function legendSvg(entries: NonNullable<Figure['legend']>): string[] {
  let left = margin.left;
  return entries.flatMap(({ color, label, ringed }) => {
    const at = left;
    left += 26 + label.length * 6.5;
    const ring = ringed ? ` stroke="${ink.text}" stroke-width="2"` : '';
    return [`<circle cx="${at + 4}" cy="44" r="4" fill="${color}"${ring}/>`, text(at + 13, 48, label)];
  });
}

function panelSvg(panel: Panel, width: number, height: number): string {
  const { x, y, xLabel, yLabel, lines = [], points = [], rules = [] } = panel;
  const across = (value: number) => pixel(clamp(x.place(value)) * width);
  const down = (value: number) => pixel((1 - clamp(y.place(value))) * height);
  return [
    ...y.ticks.flatMap(({ value, label }) => [
      `<path d="M0 ${down(value)}H${width}" stroke="${ink.grid}"/>`,
      text(-8, Number(down(value)) + 4, label, 'text-anchor="end"'),
    ]),
    ...x.ticks.flatMap(({ value, label }) => [
      `<path d="M${across(value)} ${height}v5" stroke="${ink.axis}"/>`,
      text(Number(across(value)), height + 18, label, 'text-anchor="middle"'),
    ]),
    `<path d="M0 0V${height}H${width}" fill="none" stroke="${ink.axis}"/>`,
    ...lines.map(({ points: path, color, width: stroke }) => {
      const steps = path.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${across(a)} ${down(b)}`).join('');
      return `<path d="${steps}" fill="none" stroke="${color}" stroke-width="${stroke}" stroke-linejoin="round"/>`;
    }),
    ...rules.flatMap(({ at, label }) => {
      const style = `stroke="${ink.faint}" stroke-dasharray="4 3"`;
      if ('y' in at)
        return [
          `<path d="M0 ${down(at.y)}H${width}" ${style}/>`,
          text(width - 4, Number(down(at.y)) + 14, label, `text-anchor="end" fill="${ink.faint}" ${halo}`),
        ];
      const left = Number(across(at.x));
      const anchor = left > width / 2 ? { x: left - 6, side: 'end' } : { x: left + 6, side: 'start' };
      return [
        `<path d="M${left} 0V${height}" ${style}/>`,
        text(anchor.x, 12, label, `text-anchor="${anchor.side}" fill="${ink.faint}" ${halo}`),
      ];
    }),
    ...points.map(({ x: a, y: b, color, ringed, title }) => {
      const ring = ringed ? `stroke="${ink.text}" stroke-width="2"` : 'stroke="#fff" stroke-width="0.7"';
      return `<circle cx="${across(a)}" cy="${down(b)}" r="${ringed ? 6 : 4.5}" fill="${color}" fill-opacity="0.85" ${ring}><title>${escaped(title)}</title></circle>`;
    }),
    text(width / 2, height + 38, xLabel, `text-anchor="middle" fill="${ink.faint}"`),
    `<text transform="translate(-48 ${height / 2}) rotate(-90)" text-anchor="middle" fill="${ink.faint}">${escaped(yLabel)}</text>`,
  ].join('\n');
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${pixel(x)}" y="${pixel(y)}"${attributes && ` ${attributes}`}>${escaped(content)}</text>`;
}

const pixel = (value: number): string => String(Number(value.toFixed(1)));
const clamp = (place: number): number => Math.min(1, Math.max(0, place));
