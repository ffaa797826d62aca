// Files dropped on an element: `<div {@attach dropping({ ondrop })}>`. Whoever cannot drag has the file button beside it.
import type { Attachment } from 'svelte/attachments';
import { inEach, PageError } from '../../words/sentences.ts';
import { words } from './words.ts';

interface Dropping {
  ondrop(files: readonly File[]): void;
  /** Called where something else than files was dropped. */
  onproblem?(error: Error): void;
}

/** Takes files that are dropped on an element, which has the class `dropping` while they hang over it. */
export function dropping({ ondrop, onproblem }: Dropping): Attachment<HTMLElement> {
  return (element) => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer === null || ![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      element.classList.add('dropping');
    };
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !element.contains(event.relatedTarget))
        element.classList.remove('dropping');
    };
    const drop = (event: DragEvent) => {
      element.classList.remove('dropping');
      if (event.dataTransfer === null || ![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      if (files.length > 0) ondrop(files);
      else onproblem?.(new PageError(inEach(words, (w) => w.folder)));
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
