// What instructions read their operands by, and how their work is shared out among threads.

@inline
export function at(p: usize, i: usize): usize {
  return <usize>load<u32>(p + (i << 2), 8);
}

@inline
export function int(p: usize, i: usize): i32 {
  return load<i32>(p + (i << 2), 8);
}

@inline
export function float(p: usize, i: usize): f32 {
  return load<f32>(p + (i << 2), 8);
}

/** Where operand `i` lies itself: of lists of operands, the first. */
@inline
export function place(p: usize, i: usize): usize {
  return p + 8 + (i << 2);
}

/** Where thread `number`'s part of `count` things begins, of which `unit` belong together. */
@inline
export function share(count: i32, unit: i32, number: i32, threads: i32): i32 {
  const units = (count + unit - 1) / unit;
  return min(<i32>((<i64>units * number) / threads) * unit, count);
}
