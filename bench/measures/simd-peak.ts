// The most that SIMD128's separate multiply and add give on one core: 12 sums in registers, as in a matrix product's inner loop.
// AssemblyScript, compiled by gemm.mjs. Each turn of the loop is 12 × 4 × 2 operations; the factors are read from address 0 on.

export function run(turns: i32): f32 {
  const factor = f32x4.splat(0.5);
  let a = f32x4.splat(1),
    b = f32x4.splat(2),
    c = f32x4.splat(3),
    d = f32x4.splat(4);
  let e = f32x4.splat(5),
    f = f32x4.splat(6),
    g = f32x4.splat(7),
    h = f32x4.splat(8);
  let i = f32x4.splat(9),
    j = f32x4.splat(10),
    k = f32x4.splat(11),
    l = f32x4.splat(12);
  for (let turn = 0; turn < turns; turn++) {
    a = f32x4.add(a, f32x4.mul(factor, v128.load(0, 0)));
    b = f32x4.add(b, f32x4.mul(factor, v128.load(0, 16)));
    c = f32x4.add(c, f32x4.mul(factor, v128.load(0, 32)));
    d = f32x4.add(d, f32x4.mul(factor, v128.load(0, 48)));
    e = f32x4.add(e, f32x4.mul(factor, v128.load(0, 64)));
    f = f32x4.add(f, f32x4.mul(factor, v128.load(0, 80)));
    g = f32x4.add(g, f32x4.mul(factor, v128.load(0, 96)));
    h = f32x4.add(h, f32x4.mul(factor, v128.load(0, 112)));
    i = f32x4.add(i, f32x4.mul(factor, v128.load(0, 128)));
    j = f32x4.add(j, f32x4.mul(factor, v128.load(0, 144)));
    k = f32x4.add(k, f32x4.mul(factor, v128.load(0, 160)));
    l = f32x4.add(l, f32x4.mul(factor, v128.load(0, 176)));
  }
  const left = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f));
  const right = f32x4.add(f32x4.add(f32x4.add(g, h), f32x4.add(i, j)), f32x4.add(k, l));
  const sum = f32x4.add(left, right);
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  );
}
