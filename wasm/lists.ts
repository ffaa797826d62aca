// The instructions of dense layers whose inputs come as lists of what is not zero: their operands read and their work shared out.
import * as op from '../src/backends/wasm/opcodes';
import { affineRectified, backpropagateRectified, listRows } from './kernels/rectified';
import { affineScaled, squaresOfScaled, weightStepScaled } from './kernels/scaled';
import { affineSparse, weightGradientSparse, weightStepSparse } from './kernels/sparse';
import { at, float, int, place, share } from './operands';

/** Carries out an instruction; false if it is none of these. */
export function runLists(
  p: usize, from: i32, to: i32, samples: i32, thread: i32, threads: i32, scratch: usize, step: f64,
): bool {
  switch (load<i32>(p)) {
    case op.affineSparse:
      affineSparse(
        at(p, 0), at(p, 1), at(p, 2), int(p, 3), at(p, 4), int(p, 5), at(p, 6), at(p, 7), at(p, 8), from, to,
      );
      return true;
    case op.affineScaled:
      affineScaled(
        at(p, 0), at(p, 1), at(p, 2), int(p, 3), at(p, 4), int(p, 5), at(p, 6), at(p, 7), at(p, 8), at(p, 9), from, to,
      );
      return true;
    case op.listRows:
      listRows(at(p, 0), at(p, 1), int(p, 2), at(p, 3), at(p, 4), at(p, 5), at(p, 6), from, to);
      return true;
    case op.affineRectified:
      affineRectified(
        at(p, 0), at(p, 1), at(p, 2), int(p, 3), at(p, 4), int(p, 5), at(p, 6), at(p, 7), at(p, 8), from, to,
      );
      return true;
    case op.backpropagateRectified:
      backpropagateRectified(
        at(p, 0), at(p, 1), at(p, 2), int(p, 3), at(p, 4), int(p, 5), at(p, 6), at(p, 7), from, to, scratch,
      );
      return true;
    case op.weightGradientSparse: {
      const inputs = int(p, 3);
      weightGradientSparse(
        at(p, 0), at(p, 1), at(p, 2), inputs, at(p, 4), at(p, 5), int(p, 6), samples, at(p, 7), place(p, 9), int(p, 8),
        share(inputs, 4, thread, threads), share(inputs, 4, thread + 1, threads), scratch, step,
      );
      return true;
    }
    case op.weightStepSparse: {
      const panels = (int(p, 5) + 31) / 32;
      weightStepSparse(
        at(p, 0), at(p, 1), at(p, 2), int(p, 3), at(p, 4), int(p, 5), at(p, 6), at(p, 7), samples, load<f32>(at(p, 8)),
        share(panels, 1, thread, threads), share(panels, 1, thread + 1, threads),
      );
      return true;
    }
    case op.weightStepScaled: {
      const panels = (int(p, 5) + 31) / 32;
      weightStepScaled(
        at(p, 0), at(p, 1), at(p, 2), int(p, 3), at(p, 4), int(p, 5), at(p, 6), at(p, 7), samples,
        <f64>load<f32>(at(p, 8)), load<f64>(place(p, 10)), at(p, 9), share(panels, 1, thread, threads),
        share(panels, 1, thread + 1, threads),
      );
      return true;
    }
    case op.scaledPenalty:
      if (thread == 0) store<f32>(at(p, 2), <f32>((<f64>float(p, 3) / 2) * squaresOfScaled(at(p, 0), int(p, 1))));
      return true;
    default: return false;
  }
}
