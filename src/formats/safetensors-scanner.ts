// A strict reader of the JSON in a safetensors header: objects, arrays, strings and whole numbers, asked for in the
// order the format fixes. Not a general JSON parser: what the format has no place for is refused where it stands, so
// that nesting, repeated keys and odd numbers need no rules of their own.
import { ChainruleError } from '../errors.ts';

const longestQuote = 60;

/** A file's text as an error may print it: in quotes, cut short, with nothing a terminal would act on. */
export function quoted(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** The error for a file that breaks the format. */
export function badFile(source: string, problem: string, options?: ErrorOptions): ChainruleError {
  return new ChainruleError(
    'bad-file',
    `${source}: ${problem}; the file is damaged or is not safetensors, so save it or download it again.`,
    options,
  );
}

/** Whether a text has half of a surrogate pair, which UTF-8 cannot hold. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Reads a header from left to right; every method throws ChainruleError `bad-file` at what it does not expect. */
export class HeaderScanner {
  private readonly text: string;
  private readonly source: string;
  private at = 0;

  constructor(text: string, source: string) {
    this.text = text;
    this.source = source;
  }

  /** Reads `{ "key": value, … }`; `member` is called at each value and must read it. */
  object(place: string, member: (key: string) => void): void {
    this.expect('{', place);
    if (this.skip('}')) return;
    const keys = new Set<string>();
    do {
      const key = this.string(place);
      if (keys.has(key)) throw badFile(this.source, `${place} has the key ${quoted(key)} twice`);
      keys.add(key);
      this.expect(':', place);
      member(key);
    } while (this.skip(','));
    this.expect('}', place, "',' or '}'");
  }

  /** Reads `[ 1, 2, … ]`: whole numbers that are exact in JavaScript, at most `most` of them. */
  wholeNumbers(place: string, most = Number.POSITIVE_INFINITY): number[] {
    const numbers: number[] = [];
    this.expect('[', place);
    if (this.skip(']')) return numbers;
    do {
      if (numbers.length === most) throw badFile(this.source, `${place} has more than ${most} numbers`);
      numbers.push(this.wholeNumber(place));
    } while (this.skip(','));
    this.expect(']', place, "',' or ']'");
    return numbers;
  }

  /** Reads a string, its escapes resolved. */
  string(place: string): string {
    this.expect('"', place);
    const start = this.at;
    let escapes = false;
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) break;
      // NaN, past the end, is refused here too.
      if (!(code >= 0x20)) throw this.unexpected('a character of the string or its closing quote', place);
      if (code === 0x5c) {
        escapes = true;
        this.at++;
      }
    }
    const raw = this.text.slice(start, this.at++);
    return escapes ? this.unescape(raw, place) : raw;
  }

  /** Makes sure that nothing but white space is left. */
  end(): void {
    this.skipSpace();
    if (this.at < this.text.length) throw this.unexpected('nothing but spaces', 'the end of the header');
  }

  private unescape(raw: string, place: string): string {
    let text: string;
    try {
      text = JSON.parse(`"${raw}"`);
    } catch (cause) {
      throw badFile(this.source, `${place} has a string with an escape that is not JSON, ${quoted(raw)}`, { cause });
    }
    if (hasLoneSurrogate(text)) {
      throw badFile(this.source, `${place} has a string with half of a surrogate pair, ${quoted(raw)}`);
    }
    return text;
  }

  private wholeNumber(place: string): number {
    this.skipSpace();
    const start = this.at;
    while (isDigit(this.text.charCodeAt(this.at))) this.at++;
    const digits = this.text.slice(start, this.at);
    if (digits === '') throw this.unexpected('a whole number, 0 or more,', place);
    if (digits.length > 1 && digits.startsWith('0')) {
      throw badFile(
        this.source,
        `${place} has the number ${quoted(digits)}, which JSON does not write with a leading 0`,
      );
    }
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) {
      throw badFile(this.source, `${place} has the number ${quoted(digits)}, which is more than 2^53 - 1`);
    }
    return value;
  }

  private expect(character: string, place: string, expected = `'${character}'`): void {
    if (!this.skip(character)) throw this.unexpected(expected, place);
  }

  /** Steps over `character` if it comes next. */
  private skip(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private skipSpace(): void {
    while (this.at < this.text.length && ' \t\n\r'.includes(this.text[this.at])) this.at++;
  }

  private unexpected(expected: string, place: string): ChainruleError {
    const found = this.at < this.text.length ? quoted(this.text[this.at]) : 'the end';
    return badFile(
      this.source,
      `the header has ${found} at character ${this.at} where ${expected} is expected (in ${place})`,
    );
  }
}
