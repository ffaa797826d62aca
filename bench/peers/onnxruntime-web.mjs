// onnxruntime-web, for prediction. Named here so that the results say why it is absent.
/** @type {import('./index.mjs').Peer} */
export const onnxRuntime = {
  name: 'onnxruntime-web',
  variants: [{ name: 'onnxruntime-web', title: 'onnxruntime-web', threads: 1 }],
  workloads: { 'W7-W3-1': {}, 'W7-W3-256': {}, 'W7-W4-1': {}, 'W7-W4-256': {} },
  missing: async () => 'skipped: it runs ONNX models, and chainrule does not write those yet',
  command: () => [],
};
