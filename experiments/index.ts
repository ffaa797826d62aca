// The experiments, in the order of the book.
import { cnn1Baseline } from './cnn-1-baseline.ts';
import { cnn2OneConv } from './cnn-2-one-conv.ts';
import { cnn3TwoConv } from './cnn-3-two-conv.ts';
import { cnn4Relu } from './cnn-4-relu.ts';
import { cnn5Expanded } from './cnn-5-expanded.ts';
import { cnn6TwoDense } from './cnn-6-two-dense.ts';
import { cnn7Dropout } from './cnn-7-dropout.ts';
import { cnn8Ensemble } from './cnn-8-ensemble.ts';
import { crossEntropy } from './cross-entropy.ts';
import { darkness } from './darkness.ts';
import { deeper } from './deeper.ts';
import { dropout } from './dropout.ts';
import { earlyStopping } from './early-stopping.ts';
import { etaTooLarge } from './eta-too-large.ts';
import { etaTooSmall } from './eta-too-small.ts';
import { expandedData } from './expanded-data.ts';
import type { Experiment } from './experiment.ts';
import { firstNetwork } from './first-network.ts';
import { firstNetwork100 } from './first-network-100.ts';
import { fourEquations } from './four-equations.ts';
import { halving } from './halving.ts';
import { hessian } from './hessian.ts';
import { hyperParameters } from './hyper-parameters.ts';
import { initialisation } from './initialisation.ts';
import { l1 } from './l1.ts';
import { l2 } from './l2.ts';
import { l2With100 } from './l2-100.ts';
import { layersAreLinear } from './layers-are-linear.ts';
import { luck } from './luck.ts';
import { luck100 } from './luck-100.ts';
import { luckL2 } from './luck-l2.ts';
import { momentum } from './momentum.ts';
import { moreData } from './more-data.ts';
import { overfitting } from './overfitting.ts';
import { perceptronNand } from './perceptron-nand.ts';
import { relu } from './relu.ts';
import { saturatedNeuron } from './saturated-neuron.ts';
import { softmaxLogLikelihood } from './softmax-log-likelihood.ts';
import { tanh } from './tanh.ts';
import { threeEtas } from './three-etas.ts';
import { vanishingGradient } from './vanishing-gradient.ts';
import { whyFast } from './why-fast.ts';
import { whyVectors } from './why-vectors.ts';

export type {
  Chart,
  Context,
  Course,
  Digits,
  Experiment,
  Line,
  Measure,
  Outcome,
  Part,
  Text,
  Training,
} from './experiment.ts';

export const experiments: readonly Experiment[] = [
  perceptronNand,
  darkness,
  firstNetwork,
  firstNetwork100,
  luck,
  luck100,
  etaTooSmall,
  etaTooLarge,
  fourEquations,
  whyFast,
  saturatedNeuron,
  crossEntropy,
  softmaxLogLikelihood,
  overfitting,
  l2,
  l2With100,
  luckL2,
  l1,
  dropout,
  moreData,
  expandedData,
  initialisation,
  hyperParameters,
  threeEtas,
  earlyStopping,
  halving,
  momentum,
  hessian,
  tanh,
  relu,
  vanishingGradient,
  deeper,
  cnn1Baseline,
  cnn2OneConv,
  cnn3TwoConv,
  cnn4Relu,
  cnn5Expanded,
  cnn6TwoDense,
  cnn7Dropout,
  cnn8Ensemble,
  layersAreLinear,
  whyVectors,
];
