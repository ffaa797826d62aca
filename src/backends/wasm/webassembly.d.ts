// The little of WebAssembly's interface that is used here: it belongs to no library the project compiles against.
declare namespace WebAssembly {
  function validate(bytes: Uint8Array): boolean;
  class Module {
    constructor(bytes: Uint8Array);
  }
  /** Whether the bytes are a module that this engine takes. */
  function validate(bytes: Uint8Array): boolean;
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, (...operands: readonly number[]) => void>>;
  }
  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum: number; readonly shared: boolean });
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
    grow(pages: number): number;
  }
}
