// Medians and spreads of repeated measurements.

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, extremes and all rounds; nothing where there was no round. @param {readonly number[]} values */
export function summary(values) {
  if (values.length === 0) return {};
  return { median: median(values), low: Math.min(...values), high: Math.max(...values), rounds: values };
}
