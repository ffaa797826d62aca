// The closing figures of the step-by-step example through the library's marking.
import type { CheckReport } from 'chainrule/check';
import sheetFile from '../../../examples/closing-figures.csv?raw';
import { preset } from './presets.ts';

/** What is right and wrong in them, in a language and a notation. */
export async function closingReport(language: string, written: string): Promise<CheckReport> {
  const { check, readSheet, reportOf } = await import('chainrule/check');
  // The page shows that something is under way before 10,000 steps hold it up.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { network, inputs, targets, learningRate } = preset('closing');
  const { entries, notation } = readSheet(sheetFile, 'closing-figures.csv');
  return reportOf(check(network, { inputs, targets, learningRate }, entries, { notation }), {
    language,
    notation: written,
  });
}
