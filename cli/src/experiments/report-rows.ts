// The tables of the experiments' report, as cells of plain text.
import type { Measure, Text } from '#experiments';
import { clock } from '../numbers.ts';
import type { Reported } from './collect.ts';
import { reportWords as words } from './report-words.ts';
import type { Verdict } from './summary.ts';
import { figureText } from './words.ts';

/** The header and the rows. */
type Table = [header: string[], rows: { cells: string[] }[]];

type Say = (text: Text) => string;

/** Every compared figure of every experiment; of one that compares none, its first. */
export function overviewRows(reported: readonly Reported[], say: Say): Table {
  const rows = reported.flatMap(({ experiment: { id, chapter }, runs, summary, quick }) => {
    const spreads = Object.values(summary.spreads);
    const compared = spreads.filter(({ measure }) => measure.compared);
    return (compared.length > 0 ? compared : spreads.slice(0, 1)).map(({ measure, median, most }, i) => ({
      cells: [
        `${id}: ${say(measure.name)}`,
        chapter,
        measure.unit === '%' ? figureText(most, measure) : '',
        figureText(median, measure),
        quick ? '' : bookText(measure),
        String(runs.length),
        i === 0 ? claimsText(summary) : '',
      ],
    }));
  });
  const { experiment, chapter, best, median, published, seeds, claims } = words;
  return [[experiment, chapter, best, median, published, seeds, claims].map(say), rows];
}

/** Every figure of an experiment with its spread. */
export function figureRows({ runs, summary, quick }: Reported, say: Say): Table {
  const several = runs.length > 1;
  const isPrinted = !quick && Object.values(summary.spreads).some(({ measure }) => measure.published !== undefined);
  const rows = Object.values(summary.spreads).map(({ measure, median, least, most }) => ({
    cells: [
      say(measure.name),
      figureText(median, measure),
      ...(several ? [`${figureText(least, measure)} – ${figureText(most, measure)}`] : []),
      ...(isPrinted ? [bookText(measure)] : []),
    ],
  }));
  return [
    [
      say(words.figure),
      several ? `${say(words.median)} (${runs.length})` : say(words.value),
      ...(several ? [say(words.spread)] : []),
      ...(isPrinted ? [say(words.published)] : []),
    ],
    rows,
  ];
}

/** How many claims hold of those that can be told: `3/3`, or `2/2, 4 ?` where four take more seeds. */
function claimsText({ verdicts }: Reported['summary']): string {
  const told = verdicts.filter(({ holds }) => holds !== undefined);
  const open = verdicts.length - told.length;
  const counts = [
    told.length > 0 && `${told.filter(({ holds }) => holds).length}/${told.length}`,
    open > 0 && `${open} ?`,
  ];
  return counts.filter((count) => count !== false).join(', ');
}

const bookText = (measure: Measure): string =>
  measure.published === undefined ? '' : figureText(measure.published, measure);

/** The mean time of a seed. */
export function timeOf({ runs }: Reported): string {
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0) / runs.length;
  return seconds < 60 ? `${seconds.toPrecision(2)} s` : clock(seconds);
}

/** The command whose results these are. */
export const commandOf = ({ experiment, quick, runs }: Reported): string =>
  `chainrule experiment run ${experiment.id}${quick ? ' --quick' : ''} --seeds ${runs.length}`;

/** A claim, and whether it holds. */
export function claimText({ says, holds }: Verdict, say: Say): string {
  const mark = holds === undefined ? `? (${say(words.untold)})` : holds ? '✓' : '✗';
  return `${mark} ${say(says)}`;
}
