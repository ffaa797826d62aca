// Exported files before ONNX's own checker, where Debian's python3-onnx is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../../src/onnx/index.ts';
import { readOnnxModel } from '../../src/onnx/read-messages.ts';
import { layerCases } from './layer-cases.ts';
import { trainedModels } from './models.ts';

const python = '/usr/bin/python3';
const checker = fileURLToPath(new URL('checker.py', import.meta.url));
const isInstalled = spawnSync(python, ['-c', 'import onnx']).status === 0;

const models = [
  ...layerCases.map(({ network }) => ({ network })),
  ...(await trainedModels()).map(({ model }) => model),
];

describe('exported files', () => {
  it.skipIf(!isInstalled)("pass ONNX's checker (needs Debian's python3-onnx)", () => {
    const folder = mkdtempSync(join(tmpdir(), 'chainrule-onnx-'));
    try {
      const files = models.map((model, i) => {
        const file = join(folder, `${i}.onnx`);
        writeFileSync(file, exportOnnx(model));
        return file;
      });
      expect(execFileSync(python, [checker, ...files], { encoding: 'utf8' })).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are of IR 8 and opset 17, and leave the number of samples open', () => {
    for (const model of models) {
      const { irVersion, opset, graph } = readOnnxModel(exportOnnx(model), 'the file');
      expect([irVersion, opset]).toEqual([8, 17]);
      for (const { shape } of [...graph.inputs, ...graph.outputs]) expect(shape[0]).toBe('N');
    }
  });

  it('are the same bytes for the same model', () => {
    for (const model of models) expect(exportOnnx(model)).toEqual(exportOnnx(model));
  });
});
