// The blas backend: the wasm backend with its large matrix products done by the system's CBLAS library, found at run time and called
// through koffi. Neither is needed unless this is. What is handed out, and when, is src/backends/wasm/products.ts's business.
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import type { LibraryHandle } from 'koffi';
import { type Backend, type WasmOptions, wasmBackendNamed } from '../backends/index.ts';
import type { MatrixOperand, MatrixProduct, Multiply } from '../backends/wasm/products.ts';
import { ChainruleError } from '../errors.ts';

/** Settings of {@link blasBackend}. */
export interface BlasOptions extends WasmOptions {
  /** The library's name or path; `CHAINRULE_BLAS` of the environment unless given, and without that the first one found. */
  readonly library?: string;
}

/** Where the usual libraries are. Reference BLAS is not among them: it is slower than the kernels. */
const usual: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/System/Library/Frameworks/Accelerate.framework/Accelerate',
    'libopenblas.dylib',
    '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
    '/usr/local/opt/openblas/lib/libopenblas.dylib',
  ],
  win32: ['libopenblas.dll', 'openblas.dll', 'mkl_rt.3.dll', 'mkl_rt.2.dll', 'mkl_rt.dll', 'libblis.dll'],
};

const usualElsewhere = [
  // Debian and Fedora, Fedora with threads, Alpine, and whatever else has it
  ...['libopenblas.so.0', 'libopenblasp.so.0', 'libopenblas.so.3', 'libopenblas.so'],
  ...['libmkl_rt.so.3', 'libmkl_rt.so.2', 'libmkl_rt.so'],
  ...['libblis.so.4', 'libblis.so'],
];

/** How the libraries are told their number of threads; those that have none of these see to it themselves. */
const threadSetters = [
  'void openblas_set_num_threads(int count)',
  'void MKL_Set_Num_Threads(int count)',
  'void bli_thread_set_num_threads(int64_t count)',
];

/**
 * The wasm backend with large matrix products handed to OpenBLAS, MKL, BLIS or Accelerate, whichever is installed.
 * Results differ from the wasm backend's by rounding, and from machine to machine. A library has one number of threads in a process:
 * the latest backend's.
 * @example
 * await fit(net, data, { backend: await blasBackend() });
 * @throws ChainruleError `unsupported` where koffi or a library is missing, the library is no CBLAS, or this is a worker thread;
 * `bad-option` where `threads` is no integer from 1 to 64
 */
export async function blasBackend(options: BlasOptions = {}): Promise<Backend> {
  if (!isMainThread) {
    throw unsupported(
      'the blas backend was asked for in a worker thread; use it in the main thread, or use wasm here.',
    );
  }
  const library = findLibrary(options.library ?? process.env.CHAINRULE_BLAS);
  const backend = wasmBackendNamed('blas', options, library.multiply);
  library.setThreads(backend.threads ?? 1);
  return backend;
}

interface Library {
  readonly multiply: Multiply;
  setThreads(count: number): void;
}

/** The library of this name, or else the first of the usual ones that is there. */
function findLibrary(name: string | undefined): Library {
  const { load } = loadKoffi();
  if (name !== undefined && name !== '') return libraryOf(loaded(load, name), name);
  const names = usual[process.platform] ?? usualElsewhere;
  for (const name of names) {
    try {
      return libraryOf(load(name), name);
    } catch {
      // Not there, or not fit: the next one may be.
    }
  }
  const advice =
    process.platform === 'linux' ? 'install OpenBLAS (on Debian: apt install libopenblas0)' : 'install OpenBLAS';
  throw unsupported(
    `the blas backend found no CBLAS library (${names.join(', ')}); ${advice}, or name yours in CHAINRULE_BLAS.`,
  );
}

function loaded(load: (path: string) => LibraryHandle, name: string): LibraryHandle {
  try {
    return load(name);
  } catch (error) {
    throw unsupported(
      `the BLAS library ${name} cannot be loaded (${reason(error)}); name one that is installed, or none to have one looked for.`,
      error,
    );
  }
}

function libraryOf(handle: LibraryHandle, name: string): Library {
  const config = functionOf(handle, 'const char *openblas_get_config()');
  if (String(config?.() ?? '').includes('USE64BITINT')) {
    throw unsupported(`the BLAS library ${name} counts in 64-bit integers; name its build with 32-bit ones.`);
  }
  const sgemm = functionOf(
    handle,
    'void cblas_sgemm(int order, int transposeA, int transposeB, int rows, int columns, int inner, float scale, ' +
      'const float *a, int lda, const float *b, int ldb, float keep, float *c, int ldc)',
  );
  if (sgemm === undefined) {
    throw unsupported(
      `the BLAS library ${name} has no function cblas_sgemm; name a CBLAS library such as OpenBLAS (libopenblas.so.0).`,
    );
  }
  return {
    multiply: ({ rows, columns, inner, scale, keep, a, b, c }: MatrixProduct) =>
      void sgemm(
        ...[rowMajor, transposition(a), transposition(b), rows, columns, inner, scale],
        ...[a.numbers, a.distance, b.numbers, b.distance, keep, c.numbers, c.distance],
      ),
    setThreads(count) {
      for (const setter of threadSetters) functionOf(handle, setter)?.(count);
    },
  };
}

// CBLAS's own numbers
const rowMajor = 101;
const transposition = ({ transposed }: MatrixOperand) => (transposed ? 112 : 111);

/** A library's function; undefined where it has none of this name. */
function functionOf(handle: LibraryHandle, definition: string) {
  try {
    return handle.func(definition);
  } catch {
    return undefined;
  }
}

/** koffi, asked for only here and at run time: it is optional, and no bundler is to look for it. */
function loadKoffi(): Pick<typeof import('koffi'), 'load'> {
  try {
    return createRequire(import.meta.url)('koffi');
  } catch (error) {
    throw unsupported(
      `the blas backend calls the system's BLAS through koffi 3, which cannot be loaded (${reason(error)}); run npm install koffi.`,
      error,
    );
  }
}

const unsupported = (message: string, cause?: unknown) => new ChainruleError('unsupported', message, { cause });

/** The first line of what an error says, without its full stop. */
function reason(error: unknown): string {
  const [line] = String(error instanceof Error ? error.message : error).split('\n');
  return line.replace(/\.$/, '');
}
