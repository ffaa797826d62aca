// Files dropped on an element: `<div {@attach dropping({ ondrop })}>`. Whoever cannot drag has the file button beside it.
import type { Attachment } from 'svelte/attachments';
import { inEach, PageError } from '../../words/sentences.ts';
import { words } from './words.ts';

interface Dropping {
  ondrop(files: readonly File[], items: DataTransferItemList): void;
  /** Called where something else than files was dropped. */
  onproblem?(error: Error): void;
  /** Whether they may be dropped beside the element too. */
  anywhere?: boolean;
}

/** Takes files that are dropped on an element, which has the class `dropping` while they hang over it. */
export function dropping({ ondrop, onproblem, anywhere = false }: Dropping): Attachment<HTMLElement> {
  return (element) => {
    // Both places have these events, which their types do not say together.
    const place: Pick<HTMLElement, 'addEventListener' | 'removeEventListener' | 'contains'> = anywhere
      ? document
      : element;
    const over = (event: DragEvent) => {
      if (event.dataTransfer === null || ![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      element.classList.add('dropping');
    };
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !place.contains(event.relatedTarget))
        element.classList.remove('dropping');
    };
    const drop = (event: DragEvent) => {
      element.classList.remove('dropping');
      if (event.dataTransfer === null || ![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      const { files, items } = event.dataTransfer;
      if (files.length > 0) ondrop([...files], items);
      else onproblem?.(new PageError(inEach(words, (w) => w.folder)));
    };
    const events = [
      ['dragover', over],
      ['dragleave', leave],
      ['drop', drop],
    ] as const;
    for (const [name, listener] of events) place.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of events) place.removeEventListener(name, listener);
    };
  };
}
