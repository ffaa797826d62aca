// A report of the training as one HTML page that needs nothing else: settings, scores, curves, confusion. Texts are escaped.
import { parameterCount } from 'chainrule';
import { type CurvePoint, scoreOf } from '../common/training/curve.ts';
import { session } from '../common/training/session.svelte.ts';
import type { Language } from '../words/language.svelte.ts';
import { words } from './words.ts';

const titles = {
  en: { title: 'Report of a training', part: 'Part', samples: 'Samples', link: 'Settings as data' },
  zh: { title: '训练报告', part: '部分', samples: '样本数', link: '设置（数据）' },
} as const;

/** The page. */
export function reportPage(language: Language): string {
  const [t, own] = [words[language], titles[language]];
  const { setup, snapshot, data, scores, points, finding } = session;
  const facts: [string, string][] = [
    [t.dataSet, t.dataNames[setup.data]],
    [
      t.network,
      snapshot?.network.layers
        .map(({ type, options, activation }) => [type, options.units, activation?.name].filter(Boolean).join(' '))
        .join(' → ') ?? '',
    ],
    [t.lossName, setup.loss],
    [
      t.optimizer,
      [setup.optimizer, ...Object.entries(setup.settings).map(([name, value]) => `${t.setting(name)} ${value}`)].join(
        ', ',
      ),
    ],
    [t.batchSize, String(setup.batch)],
    [t.seed, String(setup.seed)],
    ...(snapshot
      ? [
          [
            t.epoch(snapshot.epoch),
            `${t.steps(String(snapshot.steps))}, ${t.parameters(parameterCount(snapshot.network))}`,
          ] as [string, string],
        ]
      : []),
  ];
  const numbers = data?.training.task === 'regression';
  const parts = [
    [t.onTraining, scores?.training] as const,
    [t.onTest, scores?.validation ?? undefined] as const,
  ].flatMap(([name, part]) =>
    part === undefined ? [] : [[name, String(part.samples), part.loss.toPrecision(5), scoreOf(part).toFixed(4)]],
  );
  const confusion = scores?.validation && 'confusion' in scores.validation ? scores.validation.confusion : undefined;
  const names = data?.training.classNames ?? [];
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><title>${escaped(own.title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #bbb;padding:.2rem .6rem;text-align:start}pre{overflow:auto;background:#f4f4f4;padding:.5rem}</style></head>
<body>
<h1>${escaped(own.title)}</h1>
${table(facts)}
${table([[own.part, own.samples, t.loss, numbers ? t.r2 : t.accuracy], ...parts])}
${finding ? `<p><strong>${escaped(finding.text[language].name)}</strong>${t.colon}${escaped(finding.text[language].what)}</p>` : ''}
<h2>${escaped(t.loss)}</h2>
${curve(points)}
${confusion ? `<h2>${escaped(t.confusion)}</h2>${table([[t.trueByPredicted, ...names], ...confusion.map((row, k) => [names[k] ?? '', ...row.map(String)])])}` : ''}
<h2>${escaped(own.link)}</h2>
<pre>${escaped(JSON.stringify(setup, null, 2))}</pre>
</body>
</html>
`;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const table = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

/** The losses as lines: solid on training data, dashed on test data. */
function curve(points: readonly CurvePoint[]): string {
  const [width, height] = [640, 220];
  const last = Math.max(1e-9, ...points.map(({ epoch }) => epoch));
  const highest = Math.max(
    1e-9,
    ...points.flatMap(({ trainingLoss, testLoss }) => [trainingLoss, testLoss]).filter(Number.isFinite),
  );
  const line = (value: (point: CurvePoint) => number, dash: string) => {
    const places = points
      .filter((point) => Number.isFinite(value(point)))
      .map(
        (point) => `${((point.epoch / last) * width).toFixed(1)},${(height * (1 - value(point) / highest)).toFixed(1)}`,
      );
    return places.length < 2
      ? ''
      : `<polyline fill="none" stroke="#1f5fbf" stroke-width="1.5" stroke-dasharray="${dash}" points="${places.join(' ')}"/>`;
  };
  const lines = line(({ trainingLoss }) => trainingLoss, '') + line(({ testLoss }) => testLoss, '6 4');
  return `<svg viewBox="0 0 ${width} ${height}" width="100%" role="img"><rect width="${width}" height="${height}" fill="none" stroke="#bbb"/>${lines}<text x="4" y="14" font-size="12">${highest.toPrecision(3)}</text></svg>`;
}
