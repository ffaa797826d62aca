// The settings of a sheet, `learning rate: 0.5`, in English and Chinese. Which line is one, its reader decides.
import * as z from 'zod/mini';
import { ChainruleError } from '../errors.ts';
import type { Nested } from '../memory/index.ts';
import { parseWith, positive, size } from '../options.ts';
import type { Sheet, SheetOptimizer } from './sheet.ts';

type Settings = Partial<Omit<Sheet, 'entries'>>;

const nested: z.ZodMiniType<Nested> = z.union([z.number(), z.array(z.lazy(() => nested))]);
const record = z.record(z.string(), z.unknown());
const optimizerSchema = z.object({ name: z.string(), settings: z._default(z.record(z.string(), z.number()), {}) });

/** How each setting is read: from a JSON value, or from the text of a line made one. */
const readers: Readonly<Record<string, (value: unknown, place: string) => Settings>> = {
  network: (value, place) => ({ network: parseWith(z.union([z.string(), record]), value, place, 'bad-data') }),
  inputs: (value, place) => ({ inputs: parseWith(z.array(nested), value, place, 'bad-data') }),
  input: (value, place) => ({ inputs: [parseWith(nested, value, place, 'bad-data')] }),
  targets: (value, place) => ({ targets: parseWith(z.array(nested), value, place, 'bad-data') }),
  target: (value, place) => ({ targets: [parseWith(nested, value, place, 'bad-data')] }),
  learningrate: (value, place) => ({ learningRate: parseWith(positive, value, place, 'bad-data') }),
  optimizer: (value, place) => ({ optimizer: optimizerOf(value, place) }),
  steps: (value, place) => ({ steps: parseWith(size, value, place, 'bad-data') }),
  notation: (value, place) => ({ notation: parseWith(z.string(), value, place, 'bad-data') }),
  language: (value, place) => ({ language: parseWith(z.string(), value, place, 'bad-data') }),
  student: (value, place) => ({ student: parseWith(z.string(), value, place, 'bad-data') }),
};

/** Other names of settings, without spaces. */
const synonyms: Readonly<Record<string, string>> = {
  lr: 'learningrate',
  η: 'learningrate',
  eta: 'learningrate',
  lang: 'language',
  optimiser: 'optimizer',
  name: 'student',
  网络: 'network',
  输入: 'input',
  目标: 'target',
  学习率: 'learningrate',
  优化器: 'optimizer',
  步数: 'steps',
  记法: 'notation',
  语言: 'language',
  姓名: 'student',
  学生: 'student',
};

/** The setting a name stands for, or undefined. */
export function settingNamed(name: string): string | undefined {
  const key = name.toLowerCase().replace(/[\s_-]+/g, '');
  const own = Object.hasOwn(synonyms, key) ? synonyms[key] : key;
  return Object.hasOwn(readers, own) ? own : undefined;
}

/** A setting from data; `setting` is what {@link settingNamed} gave. */
export const readSetting = (setting: string, value: unknown, place: string): Settings => readers[setting](value, place);

/** A setting from a line of text. */
export function readSettingText(setting: string, text: string, place: string): Settings {
  return readSetting(setting, dataOf(setting, text, place), place);
}

function dataOf(setting: string, text: string, place: string): unknown {
  if (/^[[{]/.test(text)) return jsonOf(text, place);
  if (setting === 'learningrate' || setting === 'steps') return text.trim() === '' ? Number.NaN : Number(text);
  if (/^(?:input|target)s?$/.test(setting)) {
    const numbers = text
      .split(/[\s,，;]+/)
      .filter((part) => part !== '')
      .map(Number);
    return setting.endsWith('s') ? [numbers] : numbers;
  }
  return text;
}

function jsonOf(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChainruleError('bad-data', `${place} is not valid JSON: ${reason}.`, { cause: error });
  }
}

/** `momentum`, or `momentum momentum=0.9`, or the same as data. */
function optimizerOf(value: unknown, place: string): SheetOptimizer {
  if (typeof value !== 'string') return parseWith(optimizerSchema, value, place, 'bad-data');
  const [name, ...settings] = value.trim().split(/[\s,]+/);
  const pairs = settings.map((setting): [string, number] => {
    const [key, number] = setting.split('=');
    if (number !== undefined && number !== '' && Number.isFinite(Number(number))) return [key, Number(number)];
    throw new ChainruleError(
      'bad-data',
      `${place} has the setting "${setting}"; write settings as numbers behind the name, such as momentum momentum=0.9.`,
    );
  });
  return { name, settings: Object.fromEntries(pairs) };
}
