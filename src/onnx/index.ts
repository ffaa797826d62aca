// Models as ONNX files, and ONNX files as models.
export { exportOnnx } from './export.ts';
export { importOnnx } from './import.ts';
