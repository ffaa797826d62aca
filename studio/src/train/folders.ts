// Files and folders dropped on an element, with the folder each file lay in. The element has the class `dropping` meanwhile.
import type { Attachment } from 'svelte/attachments';
import type { DroppedFile } from '../common/training/own-data.svelte.ts';

interface Taking {
  ondrop(files: readonly DroppedFile[]): void;
  onproblem(error: unknown): void;
}

/** Takes what is dropped on an element. */
export function takingFolders({ ondrop, onproblem }: Taking): Attachment<HTMLElement> {
  return (element) => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      element.classList.add('dropping');
    };
    const leave = () => element.classList.remove('dropping');
    const drop = (event: DragEvent) => {
      leave();
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      // Entries are gone once the event is over; what they hold may be read later.
      const entries = [...event.dataTransfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
      const plain = [...event.dataTransfer.files].map((file) => ({ file, folder: undefined }));
      if (entries.every(({ isFile }) => isFile)) ondrop(plain);
      else filesIn(entries).then(ondrop, onproblem);
    };
    element.addEventListener('dragover', over);
    element.addEventListener('dragleave', leave);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragover', over);
      element.removeEventListener('dragleave', leave);
      element.removeEventListener('drop', drop);
    };
  };
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
