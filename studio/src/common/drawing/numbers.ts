// Numbers as they fit into a drawing; at their full length they stand beside it.

/** Three digits or as many as are wanted, or what fits: `0.593`, `−0.0381`, `1.2e−7`. */
export function shortNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const plain = rounded !== 0 && (size < 0.001 || size >= 1e5) ? rounded.toExponential() : String(rounded);
  return plain.replace('e+', 'e').replaceAll('-', '−');
}
