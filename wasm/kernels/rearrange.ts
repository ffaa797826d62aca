// Rows under another order: what lies between images, whose channels are last inside, and lists, which have the public order.
// And dropout, whose masks are drawn in the public order.

/** out = the transpose of x, `across` numbers in each of `down` rows. */
export function transpose(x: usize, down: i32, across: i32, out: usize): void {
  const ldx = <usize>across << 2;
  const ldo = <usize>down << 2;
  let r = 0;
  for (; r + 4 <= down; r += 4) {
    let c = 0;
    for (; c + 4 <= across; c += 4) {
      transpose4(x + <usize>r * ldx + (<usize>c << 2), ldx, out + <usize>c * ldo + (<usize>r << 2), ldo);
    }
    for (; c < across; c++) copyColumn(x, ldx, r, c, 4, out, ldo);
  }
  for (let c = 0; c < across; c++) copyColumn(x, ldx, r, c, down - r, out, ldo);
}

@inline
function copyColumn(x: usize, ldx: usize, r: i32, c: i32, count: i32, out: usize, ldo: usize): void {
  for (const stop = r + count; r < stop; r++) {
    store<f32>(out + <usize>c * ldo + (<usize>r << 2), load<f32>(x + <usize>r * ldx + (<usize>c << 2)));
  }
}

@inline
function transpose4(x: usize, ldx: usize, out: usize, ldo: usize): void {
  const a = v128.load(x);
  const b = v128.load(x + ldx);
  const c = v128.load(x + 2 * ldx);
  const d = v128.load(x + 3 * ldx);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  v128.store(out, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(out + ldo, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(out + 2 * ldo, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
  v128.store(out + 3 * ldo, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
}

/**
 * Where u < rate 0, else `kept`, for one sample: u has the 32 random bits of number `first` + i, i counted channel by channel.
 * Four numbers come from one block of the generator, as in src/memory/random.ts.
 */
export function dropoutMask(
  keyLow: u32, keyHigh: u32, step: u64, first: u64, rate: f64, kept: f32, channels: i32, pixels: i32, out: usize,
): void {
  const width = channels * pixels;
  // Below rate · 2³² the bits stand for u < rate.
  const threshold = rate * 4294967296.0;
  let channel = 0;
  let pixel = 0;
  let lane = <i32>(first & 3);
  for (let i = 0, block = first >> 2; i < width; block++, lane = 0) {
    philox(block, step, keyLow, keyHigh);
    for (; lane < 4 && i < width; lane++, i++) {
      const bits = lane < 2 ? (lane == 0 ? random0 : random1) : lane == 2 ? random2 : random3;
      store<f32>(out + (<usize>(pixel * channels + channel) << 2), <f64>bits < threshold ? 0 : kept);
      if (++pixel == pixels) {
        pixel = 0;
        channel++;
      }
    }
  }
}

let random0: u32 = 0;
let random1: u32 = 0;
let random2: u32 = 0;
let random3: u32 = 0;

/** Philox 4×32 with 10 rounds (Salmon et al., 2011). */
function philox(block: u64, step: u64, keyLow: u32, keyHigh: u32): void {
  let c0 = <u32>block;
  let c1 = <u32>(block >> 32);
  let c2 = <u32>step;
  let c3 = <u32>(step >> 32);
  for (let round = 0; round < 10; round++) {
    const product0 = <u64>0xd2511f53 * <u64>c0;
    const product1 = <u64>0xcd9e8d57 * <u64>c2;
    c0 = <u32>(product1 >> 32) ^ c1 ^ keyLow;
    c1 = <u32>product1;
    c2 = <u32>(product0 >> 32) ^ c3 ^ keyHigh;
    c3 = <u32>product0;
    keyLow += 0x9e3779b9;
    keyHigh += 0xbb67ae85;
  }
  random0 = c0;
  random1 = c1;
  random2 = c2;
  random3 = c3;
}
