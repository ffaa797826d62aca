// Names of files, as they are shown and as they are given to what is saved.

/** Longer names are cut in the middle, where the ending still tells what it is. */
const longest = 80;

/** A file's name on one line, without characters that a page would not show or a system would not take. */
export function safeName(name: string): string {
  // Marks that turn the direction of writing make "gpj.exe" read as "exe.jpg".
  const shown = name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, '');
  const plain = shown
    .replace(/[\\/:*?"<>|]+/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const letters = [...plain];
  if (letters.length === 0) return 'file';
  return letters.length <= longest
    ? plain
    : `${letters.slice(0, longest - 21).join('')}…${letters.slice(-20).join('')}`;
}
