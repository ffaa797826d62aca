// The interpreter: a lowered program lies in memory as a tape of instructions and is run for many steps in one call.
// Every thread of a job runs the same tape on its own share of each instruction's work.
import * as op from '../src/backends/wasm/opcodes';
import { meet } from './barrier';
import { runImages } from './images';
import { runLists } from './lists';
import { at, float, int, place, share } from './operands';
import { activate, activateBackward } from './kernels/activations';
import { affine, backpropagate, biasGradient, weightGradient } from './kernels/dense';
import { gatherBytes, gatherFloats, gatherLabels, gatherSparse } from './kernels/gather';
import {
  classWeight, hadamard, logLikelihoodFromLogits, meanLoss, outputError, pointwiseLoss, softmax, softmaxBackward,
  weightedBySample,
} from './kernels/losses';
import { tinyStep } from './kernels/tiny';
import { nadamMomentum, norm, runRecords } from './kernels/updates';

// A job, in bytes from its address: what to run on which rows of the data, and what came of it.
const tapeAt: usize = 0;
const orderAt: usize = 4;
const countAt: usize = 8;
const batchAt: usize = 12;
const threadsAt: usize = 16;
const lossAt: usize = 20;
const stepAt: usize = 24;
const scratchAt: usize = 28;
const scratchBytesAt: usize = 32;
const controlAt: usize = 36;
const spinsAt: usize = 40;
const tinyAt: usize = 44;
const firstStepAt: usize = 48;
const lossSumAt: usize = 56;
const stepsAt: usize = 64;
const seenAt: usize = 68;
const divergedAt: usize = 72;
const stopAt: usize = 76;
const mainSpinsAt: usize = 80;

// The state of this thread; each thread has its own instance, so these are its own.
let thread: i32 = 0;
let threads: i32 = 1;
let control: usize = 0;
let spins: i32 = 0;
let scratch: usize = 0;
let order: usize = 0;
let rows: i32 = 0;
let from: i32 = 0;
let to: i32 = 0;
let step: f64 = 1;

/** Runs a job on the main thread's share of it. */
export function run(job: usize): void {
  runJob(job, 0);
}

/** Runs thread `number`'s share of a job. */
export function runJob(job: usize, number: i32): void {
  thread = number;
  threads = load<i32>(job, threadsAt);
  control = <usize>load<u32>(job, controlAt);
  spins = number == 0 ? load<i32>(job, mainSpinsAt) : load<i32>(job, spinsAt);
  scratch = <usize>load<u32>(job, scratchAt) + <usize>number * <usize>load<u32>(job, scratchBytesAt);
  const tape = <usize>load<u32>(job, tapeAt);
  const count = load<i32>(job, countAt);
  const batch = load<i32>(job, batchAt);
  const first = load<f64>(job, firstStepAt);
  if (load<u32>(job, tinyAt) != 0) return runTiny(job, count, first);
  let steps = 0;
  for (let start = 0; start < count; start += batch) {
    rows = min(batch, count - start);
    from = <i32>((<i64>rows * thread) / threads);
    to = <i32>((<i64>rows * (thread + 1)) / threads);
    order = <usize>load<u32>(job, orderAt) + (<usize>start << 2);
    step = first + <f64>steps;
    interpret(tape);
    steps++;
    if (thread == 0) closeStep(job, steps, start);
    if (threads > 1) meet(control, threads, spins);
    if (atomic.load<i32>(job + stopAt) == steps) break;
  }
  // Nobody looks at the job any more when the main thread returns and may write the next one.
  if (threads > 1) meet(control, threads, spins);
}

/** What the main thread notes after a step: its loss, and whether to stop. */
function closeStep(job: usize, steps: i32, start: i32): void {
  const slot = <usize>load<u32>(job, stepAt);
  if (slot != 0) store<f32>(slot, <f32>step);
  store<i32>(job, steps, stepsAt);
  const lossSlot = <usize>load<u32>(job, lossAt);
  if (lossSlot != 0 && !note(job, load<f32>(lossSlot), rows)) {
    // The number of the step, and not a flag that a late thread could take for an earlier step's.
    atomic.store<i32>(job + stopAt, steps);
    store<i32>(job, start, seenAt);
    return;
  }
  store<i32>(job, start + rows, seenAt);
}

/** Adds a loss to the job's sum; false where it is no finite number. */
function note(job: usize, loss: f32, samples: i32): bool {
  if (!isFinite(loss)) {
    store<i32>(job, 1, divergedAt);
    return false;
  }
  store<f64>(job, load<f64>(job, lossSumAt) + <f64>loss * samples, lossSumAt);
  return true;
}

/** Steps of batch 1 of a tiny network. */
function runTiny(job: usize, count: i32, first: f64): void {
  const net = <usize>load<u32>(job, tinyAt);
  const rowsAt = <usize>load<u32>(job, orderAt);
  let sum = load<f64>(job, lossSumAt);
  let loss: f32 = 0;
  let steps = 0;
  while (steps < count) {
    loss = tinyStep(net, <usize>load<u32>(rowsAt + (<usize>steps << 2)), scratch);
    steps++;
    if (!isFinite(loss)) break;
    sum += loss;
  }
  const diverged = !isFinite(loss);
  store<f64>(job, sum, lossSumAt);
  store<i32>(job, steps, stepsAt);
  store<i32>(job, diverged ? steps - 1 : steps, seenAt);
  store<i32>(job, diverged ? 1 : 0, divergedAt);
  const lossSlot = <usize>load<u32>(job, lossAt);
  if (lossSlot != 0) store<f32>(lossSlot, loss);
  const slot = <usize>load<u32>(job, stepAt);
  if (slot != 0) store<f32>(slot, <f32>(first + <f64>(steps - 1)));
}

function interpret(tape: usize): void {
  for (let p = tape; ; p += <usize>load<u32>(p, 4) << 2) {
    switch (load<i32>(p)) {
      case op.end: return;
      case op.barrier:
        if (threads > 1) meet(control, threads, spins);
        break;
      case op.gatherFloats: gatherFloats(at(p, 0), at(p, 1), at(p, 2), at(p, 3), order, from, to); break;
      case op.gatherBytes:
        gatherBytes(at(p, 0), int(p, 1), float(p, 2), at(p, 3), at(p, 4), order, from, to);
        break;
      case op.gatherSparse:
        gatherSparse(at(p, 0), at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), at(p, 6), order, from, to);
        break;
      case op.gatherLabels: gatherLabels(at(p, 0), int(p, 1), at(p, 2), at(p, 3), order, from, to); break;
      case op.affine:
        affine(at(p, 0), at(p, 1), int(p, 2), at(p, 3), int(p, 4), at(p, 5), at(p, 6), at(p, 7), from, to, scratch);
        break;
      case op.backpropagate:
        backpropagate(at(p, 0), at(p, 1), int(p, 2), at(p, 3), int(p, 4), at(p, 5), at(p, 6), rows, from, to, scratch);
        break;
      case op.activate: runActivate(p); break;
      case op.activateBackward: runActivateBackward(p); break;
      case op.softmax:
        softmax(at(p, 0) + from * at(p, 1), at(p, 1), at(p, 2) + from * at(p, 3), at(p, 3), int(p, 4), to - from);
        break;
      case op.softmaxBackward:
        softmaxBackward(
          at(p, 0) + from * at(p, 1), at(p, 1), at(p, 2) + from * at(p, 3), at(p, 3),
          at(p, 4) + from * at(p, 5), at(p, 5), int(p, 6), to - from,
        );
        break;
      case op.pointwiseLoss: runPointwiseLoss(p); break;
      case op.logLikelihoodFromLogits:
        logLikelihoodFromLogits(
          at(p, 0) + from * at(p, 1), at(p, 1), at(p, 2) + from * at(p, 3), at(p, 3),
          at(p, 4) + from * at(p, 5), at(p, 5), int(p, 6), to - from,
        );
        break;
      case op.hadamard:
        hadamard(
          at(p, 0) + from * at(p, 1), at(p, 1), at(p, 2) + from * at(p, 3), at(p, 3),
          at(p, 4) + from * at(p, 5), at(p, 5), int(p, 6), to - from,
        );
        break;
      case op.weightedBySample:
        weightedBySample(
          at(p, 0) + from * at(p, 1), at(p, 1), at(p, 2) + from * at(p, 3), at(p, 3),
          at(p, 4) + from * at(p, 5), at(p, 5), int(p, 6), to - from,
        );
        break;
      case op.classWeight:
        classWeight(
          at(p, 0) + from * at(p, 1), at(p, 1), at(p, 2) + from * at(p, 3), at(p, 3), int(p, 4), place(p, 5), to - from,
        );
        break;
      case op.outputError: runOutputError(p, false); break;
      case op.softmaxOutputError: runOutputError(p, true); break;
      case op.weightGradient: runWeightGradient(p); break;
      case op.biasGradient: runBiasGradient(p); break;
      case op.update: runUpdate(p); break;
      case op.meanLoss:
        if (thread == 0) store<f32>(at(p, 3), <f32>meanLoss(at(p, 0), at(p, 1), int(p, 2), rows));
        break;
      case op.addScalars:
        if (thread == 0) store<f32>(at(p, 2), load<f32>(at(p, 0)) + load<f32>(at(p, 1)));
        break;
      case op.gradientNorm:
        if (thread == 0) store<f32>(at(p, 1), sqrt(load<f32>(at(p, 0))));
        break;
      case op.clipScale:
        if (thread == 0) {
          const size = load<f32>(at(p, 0));
          store<f32>(at(p, 1), size > float(p, 2) ? float(p, 2) / size : 1);
        }
        break;
      case op.nadamMomentum:
        if (thread == 0) store<f32>(at(p, 0), nadamMomentum(step + <f64>float(p, 1), <f64>float(p, 2), <f64>float(p, 3)));
        break;
      case op.nadamCorrection:
        if (thread == 0) store<f32>(at(p, 2), <f32>(1 - <f64>load<f32>(at(p, 1)) * (1 - <f64>load<f32>(at(p, 0)))));
        break;
      case op.l1Penalty:
        if (thread == 0) store<f32>(at(p, 2), <f32>(<f64>float(p, 3) * norm(false, at(p, 0), at(p, 1))));
        break;
      case op.l2Penalty:
        if (thread == 0) store<f32>(at(p, 2), <f32>((<f64>float(p, 3) / 2) * norm(true, at(p, 0), at(p, 1))));
        break;
      default:
        if (runLists(p, from, to, rows, thread, threads, scratch, step)) break;
        if (!runImages(p, from, to, rows, thread, threads, scratch, step)) unreachable();
    }
  }
}

function runActivate(p: usize): void {
  const ldz = at(p, 2);
  const lda = at(p, 4);
  activate(int(p, 0), at(p, 1) + from * ldz, ldz, at(p, 3) + from * lda, lda, int(p, 5), to - from);
}

function runActivateBackward(p: usize): void {
  const ldda = at(p, 2);
  const ldz = at(p, 4);
  const lda = at(p, 6);
  const lddz = at(p, 8);
  activateBackward(
    int(p, 0), at(p, 1) + from * ldda, ldda, at(p, 3) + from * ldz, ldz, at(p, 5) + from * lda, lda,
    at(p, 7) + from * lddz, lddz, int(p, 9), to - from,
  );
}

function runPointwiseLoss(p: usize): void {
  const lda = at(p, 2);
  const ldy = at(p, 4);
  const ldo = at(p, 6);
  pointwiseLoss(
    int(p, 0), at(p, 1) + from * lda, lda, at(p, 3) + from * ldy, ldy, at(p, 5) + from * ldo, ldo,
    float(p, 7), int(p, 8), to - from,
  );
}

function runOutputError(p: usize, overSum: bool): void {
  const lda = at(p, 1);
  const ldy = at(p, 3);
  const ldo = at(p, 5);
  outputError(
    overSum, at(p, 0) + from * lda, lda, at(p, 2) + from * ldy, ldy, at(p, 4) + from * ldo, ldo, int(p, 6), to - from,
  );
}

function runWeightGradient(p: usize): void {
  const inputs = int(p, 2);
  weightGradient(
    at(p, 0), at(p, 1), inputs, at(p, 3), at(p, 4), int(p, 5), rows, at(p, 6), p + 8 + 32, int(p, 7),
    share(inputs, 4, thread, threads), share(inputs, 4, thread + 1, threads), scratch, step,
  );
}

function runBiasGradient(p: usize): void {
  const outputs = int(p, 2);
  biasGradient(
    at(p, 0), at(p, 1), rows, at(p, 3), p + 8 + 20, int(p, 4),
    <usize>share(outputs, 4, thread, threads) << 2, <usize>share(outputs, 4, thread + 1, threads) << 2, scratch, step,
  );
}

/** Records on whole slots of `bytes` bytes, in stretches that stay in the nearest cache from record to record. */
function runUpdate(p: usize): void {
  const count = int(p, 0) >> 2;
  const stop = share(count, 4, thread + 1, threads) << 2;
  for (let offset = share(count, 4, thread, threads) << 2; offset < stop; offset += 4096) {
    runRecords(p + 8 + 8, int(p, 1), 0, offset, min(4096, stop - offset), step);
  }
}
