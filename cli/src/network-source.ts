// NETWORK on the command line: a network file, a model file, or an example that ships with the package.
import { didYouMean } from 'chainrule';
import type { Model } from 'chainrule/formats';
import { type LoadOptions, loadModel } from 'chainrule/node';
import { UsageError } from './errors.ts';
import { shippedFile } from './files-beside.ts';

const prefix = 'example:';

/** The examples, and the notation of the text an example is from. */
const examples: Readonly<Record<string, { readonly notation?: string }>> = {
  mazur: { notation: 'mazur' },
  xor: {},
  digits: {},
};
const known = Object.keys(examples).map((name) => prefix + name);

/** What `NETWORK` may be, for help texts. */
export const networkArgument = `a network or model file, or ${known.join(', ')}`;

/**
 * Reads NETWORK.
 * @throws UsageError at an unknown example, ChainruleError where the file cannot be used
 */
export async function readNetwork(name: string, options: LoadOptions = {}): Promise<Model> {
  if (!name.startsWith(prefix)) return loadModel(name, options);
  const short = name.slice(prefix.length);
  const file = Object.hasOwn(examples, short) ? shippedFile(`examples/${short}.json`) : undefined;
  if (file !== undefined) return loadModel(file, options);
  throw new UsageError(`there is no example "${name}"${didYouMean(name, known)}; there are ${known.join(', ')}.`);
}

/** The notation that an example's own text is written in. */
export function exampleNotation(name: string): string | undefined {
  const short = name.slice(prefix.length);
  return name.startsWith(prefix) && Object.hasOwn(examples, short) ? examples[short].notation : undefined;
}
