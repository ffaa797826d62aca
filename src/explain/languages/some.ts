// A list of numbers in a sentence, with the marks of any language. No words.

const most = 16;

/** Numbers with a mark between them; of many the first ones and the last. */
export function some(numbers: readonly number[], mark: string): string {
  if (numbers.length <= most) return numbers.join(mark);
  return [...numbers.slice(0, most - 1), '…', numbers[numbers.length - 1]].join(mark);
}
