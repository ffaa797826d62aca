// Inputs so large that weighted sums begin far from where activations respond.
import { defineIllness } from '../finding.ts';
import { short, some } from '../words.ts';

/**
 * With Xavier's weights z begins about as large as the inputs; at 20 a sigmoid's slope is e⁻²⁰, and the largest stable
 * learning rate, which falls with the square of the inputs, 1/400 of the usual one. Raw iris (6) and digits (12) still train.
 */
const tooLarge = 20;

export const unscaledInputs = defineIllness({
  id: 'unscaled-inputs',
  detect({ columns }) {
    const large = columns.filter(({ size }) => size > tooLarge).sort((a, b) => b.size - a.size);
    if (large.length === 0) return undefined;
    const [{ name, size, least, greatest }] = large;
    return {
      severity: 'serious' as const,
      facts: { column: name, columns: large.map((one) => one.name), count: large.length, size, least, greatest },
      remedies: [{ flags: '--scale standard', code: "fitPreprocessing(table, rows, { targets, scale: 'standard' })" }],
    };
  },
  en: {
    name: 'Inputs are not scaled',
    what: ({ columns }) =>
      `${columns.length === 1 ? 'A column reaches' : `${columns.length} columns reach`} the network in large numbers: ${some(columns, { and: (n) => `and ${n} more` })}. Weighted sums then begin far out, where sigmoids are flat and steps overshoot.`,
    evidence: ({ column, size, least, greatest }) => [
      `"${column}" as the network gets it: ${short(least)} … ${short(greatest)}, root mean square ${short(size)}`,
      `training goes well with a root mean square of about 1, and up to ${tooLarge}`,
    ],
    remedy: () => 'Scale every column to mean 0 and deviation 1.',
  },
  zh: {
    name: '输入没有缩放',
    what: ({ columns }) =>
      `有 ${columns.length} 列以很大的数值进入网络：${some(columns, { and: (n) => `等，另有 ${n} 列` })}。带权输入一开始就离零点很远，sigmoid 在那里是平的，更新也容易过头。`,
    evidence: ({ column, size, least, greatest }) => [
      `“${column}”进入网络时的范围：${short(least)} … ${short(greatest)}，均方根 ${short(size)}`,
      `均方根在 1 左右最适合训练，不宜超过 ${tooLarge}`,
    ],
    remedy: () => '把每一列缩放到均值 0、标准差 1。',
  },
});
