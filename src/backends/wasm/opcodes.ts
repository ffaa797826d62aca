// The instructions of a tape and the codes in their operands, shared by the lowering and by the kernels in wasm/.
// Every instruction is: its number, its length in words, its operands. Addresses and distances are in bytes.

// Control
export const end = 0;
export const barrier = 1;

// By rows: each thread takes its share of the batch's samples
export const gatherFloats = 2;
export const gatherBytes = 3;
export const gatherSparse = 4;
export const gatherLabels = 5;
export const affine = 6;
export const affineSparse = 7;
export const backpropagate = 8;
export const activate = 9;
export const activateBackward = 10;
export const softmax = 11;
export const softmaxBackward = 12;
export const pointwiseLoss = 13;
export const logLikelihoodFromLogits = 14;
export const outputError = 15;
export const softmaxOutputError = 16;
export const hadamard = 26;
export const classWeight = 57;
export const weightedBySample = 58;
export const affineScaled = 51;
export const listRows = 54;
export const backpropagateRectified = 55;
export const affineRectified = 61;

// By blocks of parameters
export const weightGradient = 17;
export const weightGradientSparse = 18;
export const weightStepSparse = 19;
export const biasGradient = 20;
export const update = 21;
export const weightStepScaled = 52;

// On one thread
export const meanLoss = 22;
export const addScalars = 23;
export const l1Penalty = 24;
export const l2Penalty = 25;
export const gradientNorm = 27;
export const clipScale = 28;
export const scaledPenalty = 53;
export const nadamMomentum = 59;
export const nadamCorrection = 60;

// Images, by rows
export const convolution = 32;
export const convolutionPooled = 33;
export const convolutionPooledWinograd = 50;
export const convolutionPooledFew = 56;
export const convolutionBackward = 34;
export const convolutionBackwardPooled = 35;
export const maxPoolIndex = 36;
export const maxPool = 37;
export const maxPoolBackward = 38;
export const averagePool = 39;
export const averagePoolBackward = 40;
export const transpose = 41;

// Images, by weights or outputs
export const convolutionWeightGradient = 42;
export const convolutionWeightGradientPooled = 43;

// Batch normalization and dropout
export const channelSums = 44;
export const normalize = 45;
export const scaleChannels = 46;
export const normalizationBackward = 47;
export const runningMean = 48;
export const dropoutMask = 49;

// Terms of the sums over channels
export const sumOfNumbers = 0;
export const sumOfProducts = 1;
export const sumOfSquares = 2;

// Activations
export const linear = 0;
export const sigmoid = 1;
export const tanh = 2;
export const relu = 3;
export const leakyRelu = 4;
export const elu = 5;
export const gelu = 6;
export const swish = 7;
export const softplus = 8;
export const step = 9;

// Pointwise losses: terms and their derivatives
export const squaredTerms = 0;
export const squaredGradient = 1;
export const crossEntropyTerms = 2;
export const crossEntropyGradient = 3;
export const logLikelihoodTerms = 4;
export const logLikelihoodGradient = 5;
export const crossEntropyFromLogits = 6;
export const absoluteTerms = 7;
export const absoluteGradient = 8;
export const huberTerms = 9;
export const huberGradient = 10;
export const hingeTerms = 11;
export const hingeGradient = 12;

// What is done with a block of a gradient, or with blocks of parameters and states
export const penalize = 0;
export const sgd = 1;
export const momentum = 2;
export const adam = 3;
export const momentumVelocity = 4;
export const momentumUpdate = 5;
export const adamFirstMoment = 6;
export const adamSecondMoment = 7;
export const adamCorrection = 8;
export const adamUpdate = 9;
export const copy = 10;
export const weightDecay = 11;
export const nesterovUpdate = 12;
export const adagradSum = 13;
export const bounded = 14;
export const scaledGradient = 15;
export const nadamMean = 16;
export const rpropStepSize = 17;
export const rpropGradient = 18;
export const rpropUpdate = 19;
