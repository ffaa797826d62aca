// The functions that a standalone module may need, as the JavaScript that it gets: each only where it is called.
// They compute in float64 on arrays of numbers, one sample at a time, with images flattened as everywhere in the house.

/** What a function is called, what it calls, and how it reads. */
const functions = {
  range: {
    calls: [],
    code: '\nconst range = (length, f) => Array.from({ length }, (_, i) => f(i));',
  },
  dense: {
    calls: ['range'],
    code: `
// z_j = Σ_k w_jk x_k + b_j
function dense(x, weight, bias, units) {
  return range(units, (j) => x.reduce((z, value, k) => z + weight[j * x.length + k] * value, bias ? bias[j] : 0));
}`,
  },
  windows: {
    calls: ['range'],
    code: `
// For each place of a window, the pixels under it: [offset in the window, place in the plane].
function windows([height, width], [rows, columns], [h, w], [down, right], [top, left]) {
  return range(rows * columns, (place) => {
    const [y, x] = [Math.floor(place / columns) * down - top, (place % columns) * right - left];
    return range(h * w, (i) => [i, y + Math.floor(i / w), x + (i % w)])
      .filter(([, r, c]) => r >= 0 && r < height && c >= 0 && c < width)
      .map(([i, r, c]) => [i, r * width + c]);
  });
}`,
  },
  convolution: {
    calls: ['range', 'windows'],
    code: `
// z = Σ w x over the window in every channel, + the filter's bias
function convolution(x, weight, bias, [filters, channels, size], plane, ...window) {
  const [places, area] = [windows(plane, ...window), plane[0] * plane[1]];
  return range(filters, (o) => places.map((pixels) => {
    let z = bias ? bias[o] : 0;
    for (let i = 0; i < channels; i++)
      for (const [u, p] of pixels) z += weight[(o * channels + i) * size + u] * x[i * area + p];
    return z;
  })).flat();
}`,
  },
  pool: {
    calls: ['range', 'windows'],
    code: `
function pool(x, combine, plane, ...window) {
  const [places, area] = [windows(plane, ...window), plane[0] * plane[1]];
  return range(x.length / area, (c) => places.map((pixels) => combine(pixels.map(([, p]) => x[c * area + p])))).flat();
}`,
  },
  mean: {
    calls: [],
    code: '\nconst mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;',
  },
  most: { calls: [], code: '\nconst most = (values) => values.reduce((a, b) => Math.max(a, b));' },
  channelMeans: {
    calls: ['mean', 'range'],
    code: `
function channelMeans(x, channels) {
  const area = x.length / channels;
  return range(channels, (c) => mean(x.slice(c * area, (c + 1) * area)));
}`,
  },
  normalize: {
    calls: [],
    code: `
// w (x − μ) / √(σ² + ε) + b, channel by channel
function normalize(x, weight, bias, mean, variance, epsilon) {
  return x.map((value, i) => {
    const c = Math.floor((i * mean.length) / x.length);
    return (weight[c] * (value - mean[c])) / Math.sqrt(variance[c] + epsilon) + bias[c];
  });
}`,
  },
  softmax: {
    calls: ['most'],
    code: `
function softmax(z) {
  const largest = most(z);
  const powers = z.map((value) => Math.exp(value - largest));
  const total = powers.reduce((sum, power) => sum + power);
  return powers.map((power) => power / total);
}`,
  },
  // Its formula, ln(1 + e^z), would overflow.
  softplus: {
    calls: [],
    code: '\nconst softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));',
  },
  erf: {
    calls: [],
    code: `
// 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!
function erf(x) {
  if (Math.abs(x) >= 6) return Math.sign(x);
  let [term, total] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) total += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}`,
  },
  numbers: {
    calls: [],
    code: `
function numbers(text, Type = Float32Array) {
  return new Type(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}`,
  },
} as const satisfies Readonly<Record<string, { readonly calls: readonly string[]; readonly code: string }>>;

/** A function that a module may need. */
export type FunctionName = keyof typeof functions;

/** The functions of these names and those that they call, each once. */
export function codeOf(names: Iterable<FunctionName>): string {
  const needed = new Set<FunctionName>(names);
  // A set goes on to what is added to it while it is gone through.
  for (const name of needed) for (const called of functions[name].calls) needed.add(called);
  return [...needed].map((name) => `${functions[name].code}\n`).join('');
}
