// A file for the process alone, which is gone when the process is. What is in it is others' business.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainruleError } from '../errors.ts';

/** A scratch file, written from the front and read anywhere. */
export class ScratchFile {
  /** Bytes written. */
  size = 0;
  private readonly folder: string;
  private readonly file: number;
  private readonly leave = (): void => this.close();
  private isOpen = true;

  /** @throws ChainruleError `bad-file` where the folder for such files cannot be written to */
  constructor() {
    this.folder = attempt(() => mkdtempSync(join(tmpdir(), 'chainrule-')));
    const path = join(this.folder, 'rows');
    this.file = attempt(() => openSync(path, 'wx+', 0o600));
    // Where the system lets an open file go nameless, nothing is left behind however the process ends.
    if (process.platform !== 'win32') rmSync(this.folder, { recursive: true, force: true });
    process.on('exit', this.leave);
  }

  /** Adds bytes at the end. @throws ChainruleError `bad-file` where the disk is full */
  append(bytes: NodeJS.ArrayBufferView): void {
    let written = 0;
    while (written < bytes.byteLength) {
      written += attempt(() => writeSync(this.file, bytes, written, bytes.byteLength - written, this.size + written));
    }
    this.size += written;
  }

  /** Fills `bytes` with what stands from `position` on. */
  read(bytes: NodeJS.ArrayBufferView, position: number): void {
    let read = 0;
    while (read < bytes.byteLength) {
      const more = attempt(() => readSync(this.file, bytes, read, bytes.byteLength - read, position + read));
      if (more === 0)
        throw new ChainruleError('bad-file', `a scratch file in ${tmpdir()} was cut short; run it again.`);
      read += more;
    }
  }

  /** Begins anew: what was written is worth nothing. */
  clear(): void {
    this.size = 0;
  }

  /** Gives it back. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    process.off('exit', this.leave);
    closeSync(this.file);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'ENOSPC' ? 'no space is left' : `the system says ${code}`;
    throw new ChainruleError(
      'bad-file',
      `a scratch file in ${tmpdir()} cannot be used: ${why}; make room, or name another folder by TMPDIR.`,
      { cause: error },
    );
  }
}
