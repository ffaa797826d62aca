import { describe, expect, it } from 'vitest';
import { translator } from './translate.ts';

const translate = translator({
  '{option} is {value}; {@expected}.': '{option} 为 {value}；{@expected}。',
  '{option} is {value}; choose one of {names}.': '{option} 为 {value}；可选：{names}。',
  'give an integer from {a} to {b}': '请给出 {a} 到 {b} 之间的整数',
  none: '无',
  '{#n} rows': '{#n} 行',
  'with {words} standing apart': '另有 {words}',
  'Print help for a command.': '显示某个命令的帮助。',
});

describe('a translator', () => {
  it('fills a template, its parts translated only where the template says so', () => {
    expect(translate('--lr is "none"; give an integer from 1 to 9.')).toBe(
      '--lr 为 "none"；请给出 1 到 9 之间的整数。',
    );
  });
  it('takes the most specific template that fits', () => {
    expect(translate('--a is "x"; choose one of p, q.')).toBe('--a 为 "x"；可选：p, q。');
  });
  it('translates each line of a text, its indentation kept', () => {
    expect(translate('  none\nPrint help for a command.  \nunknown')).toBe('  无\n显示某个命令的帮助。  \nunknown');
  });
  it('takes a number only where a number is meant', () => {
    expect(translate('1,024 rows')).toBe('1,024 行');
    expect(translate('some rows')).toBe('some rows');
  });
  it('keeps the space around a text of several lines', () => {
    expect(translate('\nwith a\nb standing apart\n')).toBe('\n另有 a\nb\n');
  });
  it('fits a short template to one line only', () => {
    expect(translate('2 rows\n3 rows')).toBe('2 行\n3 行');
  });
  it('leaves alone what it does not know', () => {
    expect(translate('something else')).toBe('something else');
  });
});
