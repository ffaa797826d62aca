// What a link to the Check view may hold. An address is somebody else's text: nothing of it is believed before it fits this.
// Loaded for a link that holds anything, as it needs the library's marking.
import { askable, numberFormats } from 'chainrule/check';
import * as z from 'zod/mini';
import { exampleNetworks } from './protocol.ts';

// A strict policy forbids zod to compile its checks.
z.config({ jitless: true });

const name = z.string().check(z.maxLength(120));
const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const network = z.union([
  z.strictObject({ example: z.enum(exampleNetworks) }),
  z.strictObject({ name, description: z.record(z.string(), z.unknown()) }),
]);

const sheetSchema = z.strictObject({
  text: z.string(),
  mode: z.enum(['text', 'form']),
  network: z.optional(network),
  notation: z.optional(name),
  /** Whether it is to be marked at once. */
  marked: z.boolean(),
});

const makeSchema = z.strictObject({
  network: z.optional(network),
  widths: z.array(whole(1, 8)).check(z.minLength(2), z.maxLength(7)),
  activation: name,
  outputActivation: name,
  loss: name,
  redraw: z.boolean(),
  samples: whole(1, 20),
  steps: whole(1, 20),
  ask: z.array(z.enum(askable)).check(z.minLength(1), z.maxLength(askable.length)),
  numbers: z.enum(numberFormats),
  digits: whole(1, 12),
  optimizer: name,
  notation: name,
  seed: whole(0, 2 ** 31 - 1),
});

const schema = z.union([
  z.strictObject({ part: z.literal('mark'), sheet: sheetSchema }),
  z.strictObject({ part: z.literal('make'), make: makeSchema }),
]);

/** What stands in the text box, and what is said beside it. */
export type SheetState = z.infer<typeof sheetSchema>;
/** What a worksheet is made from; the language is the page's. */
export type MakeState = z.infer<typeof makeSchema>;
/** What a link says. */
export type CheckState = z.infer<typeof schema>;

/** What an address holds, checked; `undefined` where it is none of ours. */
export const checkState = (value: unknown): CheckState | undefined => schema.safeParse(value).data;
