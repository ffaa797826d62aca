// The backend that is used unless one is named: WebAssembly wherever it is to be had, else the reference.
import type { Backend } from './backend.ts';
import { referenceBackend } from './reference/reference.ts';
import { wasmBackend } from './wasm/wasm.ts';

let chosen: Backend | undefined;

/** One backend for everything that names none: its plans share memory and threads. */
export function autoBackend(): Backend {
  chosen ??= hasSimd() ? wasmBackend() : referenceBackend();
  return chosen;
}

/** Whether this engine takes a module that uses 128-bit SIMD: (func (result v128) (v128.const 0)). */
export function hasSimd(): boolean {
  const v128Const = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
  const body = [0x00, ...v128Const, 0x0b];
  const sections = [
    [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
    [0x03, 0x02, 0x01, 0x00],
    [0x0a, body.length + 2, 0x01, body.length, ...body],
  ];
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  return typeof WebAssembly === 'object' && WebAssembly.validate(Uint8Array.from([...magic, ...sections.flat()]));
}
