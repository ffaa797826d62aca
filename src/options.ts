// Options and descriptions checked against a zod schema, and what does not fit put into one sentence.
import * as z from 'zod/mini';
import { ChainruleError, didYouMean, type ErrorCode } from './errors.ts';

// A strict content security policy forbids the code generation that zod would otherwise use.
z.config({ jitless: true, ...z.locales.en() });

/** An integer from 1 to 2³⁰: the size of something. */
export const size = z.int().check(z.minimum(1), z.maximum(2 ** 30));

/** A number above 0. */
export const positive = z.number().check(z.positive());

/** A number of at least 0. */
export const nonNegative = z.number().check(z.minimum(0));

/** A number from 0 to below 1. */
export const fraction = z.number().check(z.minimum(0), z.lt(1));

/** An integer from 0 to 2⁵³ − 1: how many of something. */
export const count = z.int().check(z.minimum(0));

/** An integer from 0 to 2⁵³ − 1 that random numbers are drawn from. */
export const seed = z.int().check(z.minimum(0));

/**
 * The value as the schema reads it.
 * @param place what is being read, for the error's sentence: `layers[0] (dense)`
 * @throws ChainruleError with the given code, naming the first field that does not fit
 */
export function parseWith<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  place: string,
  code: ErrorCode = 'bad-option',
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // A misspelt key usually also leaves the right one missing: the misspelling is what to mend.
  const { issues } = result.error;
  const first = issues.find((issue) => issue.code === 'unrecognized_keys') ?? issues[0];
  throw new ChainruleError(code, describeIssue(first, value, place));
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown, place: string): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const where = (place + path).replace(/^\./, '') || 'it';
  const found = show(issue.path.reduce<unknown>(entry, value));
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(issue);
      return `${where} has an unknown key "${issue.keys[0]}"${didYouMean(issue.keys[0], known)}; remove it or correct its spelling.`;
    }
    case 'invalid_type':
      return found === undefined
        ? `${where} is missing; give ${article(issue.expected)}.`
        : `${where} is ${found}; ${article(issue.expected)} is expected.`;
    case 'invalid_value': {
      const values = issue.values.map(String);
      return `${where} is ${found ?? 'missing'}${didYouMean(String(issue.path.reduce<unknown>(entry, value)), values)}; expected ${oneOf(values)}.`;
    }
    case 'too_small':
      if (Array.isArray(issue.path.reduce<unknown>(entry, value)))
        return `${where} is too short; give at least ${issue.minimum}.`;
      return `${where} is ${found}; it must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}.`;
    case 'too_big':
      if (Array.isArray(issue.path.reduce<unknown>(entry, value)))
        return `${where} is too long; give at most ${issue.maximum}.`;
      return `${where} is ${found}; it must be ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}.`;
    case 'custom':
      return `${where} ${issue.message}`;
    default:
      return `${where} is ${found ?? 'missing'}, which does not fit: ${issue.message}.`;
  }
}

/** The keys a schema would have taken, which the issue's caller may have attached to its message. */
function knownKeys(issue: z.core.$ZodIssue): string[] {
  return issue.message.includes(keyMark) ? issue.message.slice(issue.message.indexOf(keyMark) + 1).split(keyMark) : [];
}

const keyMark = '\u0001';

/** An object that takes these keys and no others, and can name the nearest of them when one is misspelt. */
export function strict<Fields extends z.core.$ZodLooseShape>(fields: Fields) {
  return z.strictObject(fields, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keyMark + Object.keys(fields).join(keyMark) : undefined),
  });
}

const entry = (holder: unknown, key: PropertyKey): unknown =>
  typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;

const article = (noun: string): string =>
  noun === 'int' ? 'an integer' : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`;

/** A value in a few characters, or undefined where there is none. */
function show(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

/**
 * A rule by its name, or the rule itself.
 * @throws ChainruleError `unknown-name`, with the nearest name and all there are
 */
export function choose<Rule extends { readonly name: string }>(
  nameOrRule: string | Rule,
  rules: Readonly<Record<string, Rule>>,
  what: string,
): Rule {
  if (typeof nameOrRule !== 'string') return nameOrRule;
  if (Object.hasOwn(rules, nameOrRule)) return rules[nameOrRule];
  const names = Object.keys(rules);
  throw new ChainruleError(
    'unknown-name',
    `there is no ${what} "${nameOrRule}"${didYouMean(nameOrRule, names)}; expected one of ${names.join(', ')}.`,
  );
}
