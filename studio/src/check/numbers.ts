// Numbers of a marked sheet as the page shows them.

/** Nine significant digits, as textbooks print them, with a proper minus. */
export const shortValue = (value: number): string =>
  String(Number(value.toPrecision(9)))
    .replace('-', '−')
    .replace('e−', 'e-');
