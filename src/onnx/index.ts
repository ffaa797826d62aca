/**
 * Models as ONNX files, and ONNX files as models.
 * @module chainrule/onnx
 */
export { exportOnnx } from './export.ts';
export { importOnnx } from './import.ts';
