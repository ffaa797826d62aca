// The WASM part of the build: the AssemblyScript kernels in wasm/ compiled into src/backends/wasm/binary.ts.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from './tools.mjs';

/** The generated module: the binary as text, because it has to load without a file or a request. */
export const binaryFile = at('src/backends/wasm/binary.ts');

const options = [
  ['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub'],
  ['--enable', 'simd', '--enable', 'threads', '--sharedMemory', '--importMemory'],
  ['--initialMemory', '1', '--maximumMemory', '65536', '--noExportMemory'],
  // Vectors never leave the module, and addresses have 32 bits: what these two warn of cannot happen.
  ['--disableWarning', '112', '--disableWarning', '201'],
].flat();

/** The characters that need no escape in any kind of string literal. */
const alphabet = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
  .filter((character) => !'"\'`\\$'.includes(character))
  .join('');

/**
 * Bytes as text: one character for most, two for the rest, which begin with one of the alphabet's last two. In base64, whose
 * characters are no whole bytes, the same kernels take half as much again once they are compressed.
 * @param {Uint8Array} bytes
 */
function asText(bytes) {
  const singles = alphabet.length - 2;
  const digits = (byte) =>
    byte < singles ? alphabet[byte] : alphabet[singles + Math.floor(byte / singles) - 1] + alphabet[byte % singles];
  return Array.from(bytes, digits).join('');
}

/** Compiles the kernels. Throws an `Error` if they do not compile; the compiler's findings go to standard error. */
export async function buildWasm() {
  // Not at the top: this file is loaded before anything is installed.
  const { default: asc } = await import('assemblyscript/asc');
  const output = join(tmpdir(), `chainrule-${process.pid}.wasm`);
  try {
    const files = [at('wasm/index.ts'), '--baseDir', at('.'), '--outFile', output];
    const { error } = await asc.main([...files, ...options], { stdout: process.stderr, stderr: process.stderr });
    if (error !== null) throw new Error(`the kernels in ${at('wasm')} do not compile`);
    const module = `// Generated from wasm/ by scripts/wasm.mjs: the compiled kernels, to be read by text.ts.
export const alphabet = '${alphabet}';
export const binary =
  '${asText(readFileSync(output))}';
`;
    if (!existsSync(binaryFile) || readFileSync(binaryFile, 'utf8') !== module) writeFileSync(binaryFile, module);
  } finally {
    rmSync(output, { force: true });
  }
}
