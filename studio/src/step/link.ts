// The state of the view as it stands in the page's address. What is read from there is somebody else's text: it is checked first by a
// schema, then by the library.
import { describeNetwork, networkFrom } from 'chainrule/formats';
import * as z from 'zod/mini';
import { type Course, lastFiniteStep, networkAt, stages } from './course.ts';
import { type PresetName, presetNames } from './presets.ts';
import { isOptimizerName, type Setup } from './setup.ts';

// A strict content security policy forbids the code that zod would otherwise generate.
z.config({ jitless: true });

const rows = z.array(z.array(z.number()).check(z.maxLength(4096))).check(z.minLength(1), z.maxLength(256));

const schema = z.object({
  preset: z.optional(z.enum(presetNames)),
  network: z.optional(z.record(z.string(), z.unknown())),
  inputs: z.optional(rows),
  targets: z.optional(rows),
  optimizer: z.optional(
    z.object({ name: z.string().check(z.refine(isOptimizerName)), settings: z.record(z.string(), z.number()) }),
  ),
  learningRate: z.optional(z.number()),
  firstStep: z.optional(z.int().check(z.minimum(1), z.maximum(1e9))),
  state: z.optional(z.record(z.string(), z.array(z.number()))),
  presses: z.optional(z.int().check(z.minimum(0), z.maximum(4000))),
  chosen: z.optional(z.string().check(z.maxLength(80))),
  sample: z.optional(z.int().check(z.minimum(0), z.maximum(255))),
  notation: z.optional(z.string().check(z.maxLength(20))),
  depth: z.optional(z.int().check(z.minimum(0), z.maximum(4))),
});

/** What a link says. */
export type LinkState = z.infer<typeof schema>;

/** What an address holds as a state; undefined where it is none. */
export function parseLink(found: unknown): LinkState | undefined {
  const { success, data } = schema.safeParse(found);
  return success ? data : undefined;
}

/** The setup that a link brings with it; undefined where it names a preset or nothing. @throws ChainruleError where it does not fit together */
export function setupFrom({ network, inputs, targets, optimizer, learningRate }: LinkState): Setup | undefined {
  if (!network || !inputs || !targets || !optimizer || learningRate === undefined || !isOptimizerName(optimizer.name))
    return undefined;
  const { name, settings } = optimizer;
  return { network: networkFrom(network, 'the link'), inputs, targets, optimizer: { name, settings }, learningRate };
}

/** Longer ways are not walked again: the link begins with the present step. */
const longestWay = 400;

/** A course as a link says it. Beyond the finite numbers, which alone JSON has, it ends with the last step that began with them. */
export function linkOf(course: Course, preset: PresetName | undefined): LinkState {
  const step = lastFiniteStep(course);
  const presses = Math.min(course.presses, (step + 1) * stages.length);
  const isLong = presses > longestWay;
  if (preset !== undefined && !isLong)
    return { ...(preset !== 'mazur' && { preset }), ...(presses > 0 && { presses }) };
  const begun = isLong ? step : 0;
  const { setup, starts, firstStep } = course;
  const { sample: _, learningRate: __, ...file } = describeNetwork(networkAt(course, begun));
  const { state } = starts[begun];
  return {
    network: file,
    inputs: setup.inputs.map((row) => [...row]),
    targets: setup.targets.map((row) => [...row]),
    optimizer: { name: setup.optimizer.name, settings: { ...setup.optimizer.settings } },
    learningRate: setup.learningRate,
    firstStep: firstStep + begun,
    ...(Object.keys(state).length > 0 && {
      state: Object.fromEntries(Object.entries(state).map(([name, data]) => [name, [...data]])),
    }),
    presses: presses - begun * stages.length,
  };
}
