// The library's rules by name, with the settings each takes: read from the library's own schemas, so that a new one shows by itself.
import { losses, optimizers } from 'chainrule';
import { networkJsonSchema } from 'chainrule/formats';
import * as z from 'zod/mini';

/** One setting of a layer or an optimizer. */
export interface Field {
  readonly name: string;
  readonly kind: 'whole' | 'number' | 'choice' | 'switch';
  readonly least?: number;
  readonly most?: number;
  /** It is above this, which itself does not belong to it. */
  readonly above?: number;
  /** It is below this, which itself does not belong to it. */
  readonly below?: number;
  readonly choices?: readonly string[];
  /** What it is unless given; undefined where it must be given, or the library finds it out. */
  readonly usual?: number | string | boolean;
  readonly required: boolean;
}

/** What a field may hold; a pair or a word where the library takes them. */
export type FieldValue = number | string | boolean;

const property = z.looseObject({
  type: z.optional(z.string()),
  const: z.optional(z.string()),
  enum: z.optional(z.array(z.string())),
  anyOf: z.optional(z.array(z.looseObject({ type: z.optional(z.string()) }))),
  default: z.optional(z.union([z.number(), z.string(), z.boolean()])),
  minimum: z.optional(z.number()),
  exclusiveMinimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  exclusiveMaximum: z.optional(z.number()),
});
const object = z.looseObject({
  properties: z.record(z.string(), property),
  required: z.optional(z.array(z.string())),
});
const networkSchema = z.looseObject({
  properties: z.looseObject({ layers: z.looseObject({ items: z.looseObject({ anyOf: z.array(object) }) }) }),
});

function fieldsOf({ properties, required = [] }: z.infer<typeof object>): readonly Field[] {
  return Object.entries(properties).flatMap(([name, given]) => {
    if (given.const !== undefined) return [];
    // Numbers or pairs: one number serves for both directions.
    const one = given.anyOf?.find(({ type }) => type === 'integer') ?? given;
    const parsed = property.parse({ ...one, default: given.default });
    const kind = kindOf(parsed);
    if (kind === undefined) return [];
    const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = parsed;
    return [
      {
        name,
        kind,
        ...(minimum !== undefined && { least: minimum }),
        ...(exclusiveMinimum !== undefined && { above: exclusiveMinimum }),
        ...(maximum !== undefined && { most: maximum }),
        ...(exclusiveMaximum !== undefined && { below: exclusiveMaximum }),
        ...(parsed.enum && { choices: parsed.enum }),
        ...(parsed.default !== undefined && { usual: parsed.default }),
        required: required.includes(name),
      },
    ];
  });
}

function kindOf({ type, enum: choices }: z.infer<typeof property>): Field['kind'] | undefined {
  if (choices !== undefined) return 'choice';
  if (type === 'integer') return 'whole';
  if (type === 'boolean') return 'switch';
  return type === 'number' ? 'number' : undefined;
}

/** Kinds of layers by name, with their settings. */
export const layerFields: ReadonlyMap<string, readonly Field[]> = new Map(
  networkSchema
    .parse(networkJsonSchema())
    .properties.layers.items.anyOf.map((entry) => [entry.properties.type?.const ?? '', fieldsOf(entry)]),
);

/** Optimizers by name, with their settings; those that go by batches. */
export const optimizerFields: ReadonlyMap<string, readonly Field[]> = new Map(
  Object.entries(optimizers).map(({ 0: name, 1: { schema } }) => [
    name,
    fieldsOf(object.parse(z.toJSONSchema(schema, { io: 'input' }))),
  ]),
);

/** Names of losses. */
export const lossNames: readonly string[] = Object.values(losses).map(({ name }) => name);

/** A setting's value where a rule is newly chosen. */
export function usualValue({ name, kind, usual, choices }: Field): FieldValue {
  if (usual !== undefined) return usual;
  if (kind === 'choice') return choices?.[0] ?? '';
  if (kind === 'switch') return false;
  return starting[name] ?? 1;
}

/** Where the library leaves it to the reader: numbers that do something to begin with. */
const starting: Readonly<Record<string, number>> = { units: 8, filters: 8, kernel: 3, size: 2, rate: 0.2 };
