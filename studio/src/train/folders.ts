// Files and folders dropped anywhere on the page, with the folder each file lay in. An element is `dropping` meanwhile.
import type { Attachment } from 'svelte/attachments';
import { dropping } from '../common/files/dropping.ts';
import type { DroppedFile } from '../common/training/own-data.svelte.ts';

interface Taking {
  ondrop(files: readonly DroppedFile[]): void;
  onproblem(error: unknown): void;
}

/** Takes what is dropped on the page, as if it were on the element. */
export function takingFolders({ ondrop, onproblem }: Taking): Attachment<HTMLElement> {
  return dropping({
    anywhere: true,
    onproblem,
    ondrop(files, items) {
      // Entries are gone once the event is over; what they hold may be read later.
      const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
      if (entries.every(isFile)) ondrop(files.map((file) => ({ file, folder: undefined })));
      else filesIn(entries).then(ondrop, onproblem);
    },
  });
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** All files of entries and of the folders among them, hidden ones left out. */
async function filesIn(entries: readonly FileSystemEntry[], folder?: string): Promise<DroppedFile[]> {
  const found: DroppedFile[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (isFolder(entry)) found.push(...(await filesIn(await entriesOf(entry), entry.name)));
    else if (isFile(entry))
      found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), folder });
  }
  return found;
}

/** A folder is read in parts, until one is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
