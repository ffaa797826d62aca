// The error of a convolution handed back through the kernel as it stands.
import { convolutionBackward, defineKernel, type Operand, type View } from '../../kernels/index.ts';
import { slotOf } from '../../plan/index.ts';
import { matrix } from '../../symbolic/index.ts';
import { mutants } from '../mutate.ts';
import type { Misconception } from './misconception.ts';

/** Every kernel of weights [out, in, height, width] turned by 180°. */
function turned({ data, shape, perSample }: View): View {
  const size = shape[2] * shape[3];
  const copy = data.slice();
  for (let start = 0; start < copy.length; start += size) copy.subarray(start, start + size).reverse();
  return { data: copy, shape, perSample };
}

/** The operand whose elements are those of the turned kernels. */
function turnedOperand({ at, ...rest }: Operand): Operand {
  const [, , height, width] = rest.shape;
  return { ...rest, at: (o, i, u, v) => at(o, i, height - 1 - Number(u), width - 1 - Number(v)) };
}

/** The full cross-correlation of δ with the kernel: the right one turns the kernel, and turning it again undoes that. */
const notRotated = defineKernel({
  ...convolutionBackward,
  name: 'convolutionBackwardNotRotated',
  run: (out, { weight, delta }, attributes, count) =>
    convolutionBackward.run(out, { weight: turned(weight), delta }, attributes, count),
  element: (index, { weight, delta }, attributes) =>
    convolutionBackward.element(index, { weight: turnedOperand(weight), delta }, attributes),
  matrix: ({ weight, delta }) => matrix.apply('correlate', weight, delta),
});

/** δ cross-correlated with the kernel, where the kernel turned by 180° belongs. */
export const convolutionKernelNotRotated: Misconception = {
  id: 'convolution-kernel-not-rotated',
  mutate: (program) =>
    mutants(program, (call) => {
      if (call.kernel !== convolutionBackward || call.output === 'input.grad') return undefined;
      const [, , height, width] = slotOf(program, call.inputs.weight).shape;
      return height * width > 1 ? { ...call, kernel: notRotated } : undefined;
    }),
  explanation: {
    en: ({ quantity, right, wrong }) =>
      `In ${quantity} the error came back through the kernel as it stands: ${wrong}. A pixel at the window's right edge met the kernel's right weight going forward, and that weight brings its error back; seen from the pixel the kernel is turned by 180°: ${right}.`,
    zh: ({ quantity, right, wrong }) =>
      `计算 ${quantity} 时，误差是经未旋转的卷积核传回的：${wrong}。前向时像素与哪个权重相乘，误差就经哪个权重传回；从像素的角度看，卷积核要旋转 180°：${right}。`,
  },
};
