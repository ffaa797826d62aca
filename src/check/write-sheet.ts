// A sheet as the text that `readSheet` reads back: its settings in lines with #, then quantity,value. The inverse of read-sheet.ts.
import type { Sheet } from './sheet.ts';

/** The settings of a sheet as lines `key: value`. */
export function settingLines(sheet: Omit<Sheet, 'entries'>): string[] {
  const { network, inputs, targets, learningRate, optimizer, steps, notation, language, student } = sheet;
  const trained = optimizer && [optimizer.name, ...Object.entries(optimizer.settings).map((pair) => pair.join('='))];
  return [
    ...line('network', typeof network === 'object' ? JSON.stringify(network) : network),
    ...line('inputs', inputs && JSON.stringify(inputs)),
    ...line('targets', targets && JSON.stringify(targets)),
    ...line('learning rate', learningRate),
    ...line('optimizer', trained?.join(' ')),
    ...line('steps', steps),
    ...line('notation', notation),
    ...line('language', language),
    ...line('name', student),
  ];
}

const line = (key: string, value: string | number | undefined) => (value === undefined ? [] : [`${key}: ${value}`]);

/**
 * A sheet as CSV: a line for each setting that it has, and one for each entry.
 * @example
 * writeSheet({ network: 'example:mazur', entries: [{ quantity: 'net_h1', value: '0.3775' }] });
 */
export function writeSheet({ entries, ...settings }: Sheet): string {
  const lines = [
    ...settingLines(settings).map((one) => `# ${one}`),
    'quantity,value',
    ...entries.map(({ quantity, value }) => `${quotedCell(quantity)},${quotedCell(value)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A cell; a name such as w[0,1] has a comma in it. */
export const quotedCell = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
