// Writes the sample of examples/digits.json: a digit of datasets/digits.csv.gz, enlarged to how MNIST holds its own.
// usage: node scripts/digit-sample.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { at } from './tools.mjs';

/** A clear five, the digit that Nielsen's book begins with. */
const chosen = 33;
const [small, large, whole] = [8, 20, 28];

const [, ...lines] = gunzipSync(readFileSync(at('datasets/digits.csv.gz')))
  .toString('utf8')
  .trim()
  .split('\n');
const row = lines[chosen].split(',').map(Number);

/** A pixel of the small image, 0 to 1; 0 outside. */
const pixel = (y, x) => (y >= 0 && x >= 0 && y < small && x < small ? row[y * small + x] / 16 : 0);

/** The small image between its pixels, by how near each of the four around is. */
function between(y, x) {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [down, right] = [y - top, x - left];
  const upper = pixel(top, left) * (1 - right) + pixel(top, left + 1) * right;
  const lower = pixel(top + 1, left) * (1 - right) + pixel(top + 1, left + 1) * right;
  return upper * (1 - down) + lower * down;
}

// MNIST's digits fill 20×20 pixels in the middle of 28×28.
const margin = (whole - large) / 2;
const place = (i) => ((i - margin + 0.5) * small) / large - 0.5;
const input = Array.from({ length: whole * whole }, (_, i) =>
  Number(between(place(Math.floor(i / whole)), place(i % whole)).toFixed(2)),
);
const target = Array.from({ length: 10 }, (_, j) => Number(j === row[small * small]));

const file = at('examples/digits.json');
const { sample: _, ...network } = JSON.parse(readFileSync(file, 'utf8'));
const lists = (value) => JSON.stringify(value).replaceAll(',', ', ');
const rows = Array.from({ length: whole }, (_, y) => lists(input.slice(y * whole, (y + 1) * whole)).slice(1, -1));
const layers = network.layers.map((layer) => `    ${JSON.stringify(layer, null, 1).replace(/\n\s*/g, ' ')}`);
const fields = Object.entries(network).map(([name, value]) =>
  name === 'layers' ? `  "layers": [\n${layers.join(',\n')}\n  ]` : `  "${name}": ${lists(value)}`,
);
const sample = `  "sample": {\n    "input": [\n      ${rows.join(',\n      ')}\n    ],\n    "target": ${lists(target)}\n  }`;
writeFileSync(file, `{\n${[...fields, sample].join(',\n')}\n}\n`);
