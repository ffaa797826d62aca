// The instructions of images, batch normalization and dropout: their operands read and their work shared out.
import * as op from '../src/backends/wasm/opcodes';
import { channelSums, normalizationBackward, normalize, runningMean, scaleChannels } from './kernels/channels';
import { convolution, convolutionPooled } from './kernels/convolution';
import { convolutionBackward, convolutionWeightGradient } from './kernels/convolution-backward';
import { convolutionBackwardPooled, convolutionWeightGradientPooled } from './kernels/convolution-pooled';
import { averagePool, averagePoolBackward, maxPool, maxPoolBackward, maxPoolIndex } from './kernels/pooling';
import { dropoutMask, transpose } from './kernels/rearrange';
import * as window from './kernels/window';
import { convolutionPooledWinograd } from './kernels/winograd';
import { convolutionPooledFew } from './kernels/winograd-few';
import { at, float, int, place, share } from './operands';

/** The part of a step that a thread has: its samples, all samples, and its number among how many. */
let from: i32 = 0;
let to: i32 = 0;
let samples: i32 = 0;
let thread: i32 = 0;
let threads: i32 = 1;

/** Carries out an instruction; false if it is none of these. */
export function runImages(
  p: usize, first: i32, stop: i32, count: i32, number: i32, among: i32, scratch: usize, step: f64,
): bool {
  from = first;
  to = stop;
  samples = count;
  thread = number;
  threads = among;
  switch (load<i32>(p)) {
    case op.convolution:
      convolution(place(p, 7), at(p, 0), at(p, 1), at(p, 2), at(p, 3), int(p, 4), at(p, 5), at(p, 6), from, to, scratch);
      return true;
    case op.convolutionPooled:
      convolutionPooled(
        place(p, 9), at(p, 0), at(p, 1), at(p, 2), at(p, 3), int(p, 4), at(p, 5), at(p, 6), at(p, 7), at(p, 8), from, to,
        scratch,
      );
      return true;
    case op.convolutionPooledWinograd:
      convolutionPooledWinograd(
        place(p, 9), at(p, 0), at(p, 1), at(p, 2), at(p, 3), int(p, 4), at(p, 5), at(p, 6), at(p, 7), at(p, 8), from, to,
        scratch,
      );
      return true;
    case op.convolutionPooledFew:
      convolutionPooledFew(
        place(p, 9), at(p, 0), at(p, 1), at(p, 2), at(p, 3), int(p, 4), at(p, 5), at(p, 6), at(p, 7), at(p, 8), from, to,
        scratch,
      );
      return true;
    case op.convolutionBackward:
      convolutionBackward(place(p, 5), at(p, 0), at(p, 1), at(p, 2), at(p, 3), at(p, 4), from, to, scratch);
      return true;
    case op.convolutionBackwardPooled:
      convolutionBackwardPooled(
        place(p, 7), at(p, 0), at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), at(p, 6), from, to, scratch,
      );
      return true;
    case op.convolutionWeightGradient: runWeightGradient(p, scratch); return true;
    case op.convolutionWeightGradientPooled: runWeightGradientPooled(p, scratch); return true;
    case op.maxPoolIndex: maxPoolIndex(place(p, 4), at(p, 0), at(p, 1), at(p, 2), at(p, 3), from, to); return true;
    case op.maxPool:
      maxPool(at(p, 0), at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), int(p, 6), int(p, 7), from, to);
      return true;
    case op.maxPoolBackward:
      maxPoolBackward(
        at(p, 0), at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), int(p, 6), int(p, 7), int(p, 8), from, to,
      );
      return true;
    case op.averagePool: averagePool(place(p, 4), at(p, 0), at(p, 1), at(p, 2), at(p, 3), from, to); return true;
    case op.averagePoolBackward:
      averagePoolBackward(place(p, 4), at(p, 0), at(p, 1), at(p, 2), at(p, 3), from, to);
      return true;
    default: return runChannels(p, step);
  }
}

function runChannels(p: usize, step: f64): bool {
  switch (load<i32>(p)) {
    case op.channelSums: runChannelSums(p); return true;
    case op.normalize:
      for (let s = from; s < to; s++) {
        normalize(
          at(p, 0) + s * at(p, 1), at(p, 2), at(p, 3), float(p, 4), int(p, 5), int(p, 6), at(p, 7) + s * at(p, 8),
        );
      }
      return true;
    case op.scaleChannels:
      for (let s = from; s < to; s++) {
        scaleChannels(at(p, 0) + s * at(p, 1), at(p, 2), at(p, 3), int(p, 4), int(p, 5), at(p, 6) + s * at(p, 7));
      }
      return true;
    case op.normalizationBackward:
      for (let s = from; s < to; s++) {
        normalizationBackward(
          at(p, 0) + s * at(p, 1), at(p, 2) + s * at(p, 3), at(p, 4), at(p, 5), at(p, 6), at(p, 7), float(p, 8),
          int(p, 9), int(p, 10), at(p, 11) + s * at(p, 12),
        );
      }
      return true;
    case op.runningMean: runRunningMean(p); return true;
    case op.dropoutMask: runDropoutMask(p, step); return true;
    case op.transpose:
      for (let s = from; s < to; s++) {
        transpose(at(p, 0) + s * at(p, 1), int(p, 2), int(p, 3), at(p, 4) + s * at(p, 5));
      }
      return true;
    default: return false;
  }
}

function runWeightGradient(p: usize, scratch: usize): void {
  const g = place(p, 5);
  const terms = window.terms(g);
  convolutionWeightGradient(
    g, at(p, 0), at(p, 1), at(p, 2), at(p, 3), samples, at(p, 4), share(terms, 6, thread, threads),
    share(terms, 6, thread + 1, threads), scratch,
  );
}

function runWeightGradientPooled(p: usize, scratch: usize): void {
  const g = place(p, 7);
  const outputs = window.outputs(g);
  convolutionWeightGradientPooled(
    g, at(p, 0), at(p, 1), at(p, 2), at(p, 3), at(p, 4), at(p, 5), samples, at(p, 6),
    share(outputs, 1, thread, threads), share(outputs, 1, thread + 1, threads), scratch,
  );
}

/** The sums divided by the samples, and by the pixels where they are means. */
function runChannelSums(p: usize): void {
  const channels = int(p, 5);
  const pixels = int(p, 6);
  const count = <f64>samples * (int(p, 7) ? <f64>pixels : 1);
  channelSums(
    int(p, 0), at(p, 1), at(p, 2), at(p, 3), at(p, 4), channels, pixels, samples, <f32>(1 / count), at(p, 8),
    <usize>share(channels, 4, thread, threads) << 2, <usize>share(channels, 4, thread + 1, threads) << 2,
  );
}

/** The variance's unbiased estimate is n/(n − 1) times the one of the batch, n numbers a channel. */
function runRunningMean(p: usize): void {
  const channels = int(p, 3);
  const numbers = <f64>samples * <f64>int(p, 4);
  const factor = int(p, 4) > 0 ? numbers / (numbers - 1) : 1;
  const first = <usize>share(channels, 4, thread, threads) << 2;
  const stop = <usize>share(channels, 4, thread + 1, threads) << 2;
  if (first < stop) {
    runningMean(at(p, 0) + first, at(p, 1) + first, load<f64>(place(p, 5)), factor, at(p, 2) + first, stop - first);
  }
}

function runDropoutMask(p: usize, step: f64): void {
  const channels = int(p, 6);
  const pixels = int(p, 7);
  for (let s = from; s < to; s++) {
    const first = (<u64>load<u32>(place(p, 2)) << 32) + <u64>s * <u64>(channels * pixels);
    dropoutMask(
      load<u32>(place(p, 0)), load<u32>(place(p, 1)), <u64>step, first, load<f64>(place(p, 3)), float(p, 5), channels,
      pixels, at(p, 8) + s * at(p, 9),
    );
  }
}
