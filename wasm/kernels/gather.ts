// A batch's samples fetched from the held data in the order asked for: `order` lists their rows.
import { splat } from './math';

@inline
function rowOf(order: usize, s: i32): usize {
  return <usize>load<u32>(order + (<usize>s << 2));
}

/** Rows of float32 numbers, padded to `bytes`. */
export function gatherFloats(data: usize, bytes: usize, out: usize, ldo: usize, order: usize, from: i32, to: i32): void {
  for (let s = from; s < to; s++) {
    const row = data + rowOf(order, s) * bytes;
    const place = out + <usize>s * ldo;
    for (let i: usize = 0; i < bytes; i += 16) v128.store(place + i, v128.load(row + i));
  }
}

/** Rows of `width` bytes, each times `scale`. The data must be readable 3 bytes beyond its end. */
export function gatherBytes(
  data: usize, width: i32, scale: f32, out: usize, ldo: usize, order: usize, from: i32, to: i32,
): void {
  for (let s = from; s < to; s++) {
    const row = data + rowOf(order, s) * <usize>width;
    const place = out + <usize>s * ldo;
    for (let i = 0; i < width; i += 4) {
      const words = i16x8.extend_low_i8x16_u(v128.load32_zero(row + i));
      let values = f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words)), splat(scale));
      if (i + 4 > width) values = v128.and(values, i32x4.gt_s(i32x4.splat(width - i), i32x4(0, 1, 2, 3)));
      v128.store(place + (<usize>i << 2), values);
    }
  }
}

/** One-hot rows of `outputs` (padded) numbers. */
export function gatherLabels(
  labels: usize, outputs: i32, out: usize, ldo: usize, order: usize, from: i32, to: i32,
): void {
  for (let s = from; s < to; s++) {
    const place = out + <usize>s * ldo;
    for (let i: usize = 0; i < <usize>outputs << 2; i += 16) v128.store(place + i, splat(0));
    store<f32>(place + (<usize>load<u32>(labels + (rowOf(order, s) << 2)) << 2), 1);
  }
}

/**
 * Lists of (index, value) of the rows' entries. Row r's entries are those from `starts`[r] to `starts`[r + 1] in
 * `indices` (16 bits each) and in `values`: float32, or with a `table` bytes that it gives the values of.
 */
export function gatherSparse(
  starts: usize, indices: usize, values: usize, table: usize, lists: usize, distance: usize, stops: usize,
  order: usize, from: i32, to: i32,
): void {
  for (let s = from; s < to; s++) {
    const start = starts + (rowOf(order, s) << 2);
    let entry = lists + <usize>s * distance;
    let i = <usize>load<u32>(start);
    const stop = <usize>load<u32>(start, 4);
    if (table != 0) {
      for (; i < stop; i++) {
        store<u32>(entry, load<u16>(indices + (i << 1)));
        store<f32>(entry, load<f32>(table + (<usize>load<u8>(values + i) << 2)), 4);
        entry += 8;
      }
    } else {
      for (; i < stop; i++) {
        store<u32>(entry, load<u16>(indices + (i << 1)));
        store<f32>(entry, load<f32>(values + (i << 2)), 4);
        entry += 8;
      }
    }
    store<u32>(stops + (<usize>s << 2), <u32>entry);
  }
}
