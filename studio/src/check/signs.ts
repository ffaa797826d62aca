// The signs of the marks, as the command line prints them: what is right is never told by colour alone.
import type { Verdict } from 'chainrule/check';

export const signs: Readonly<Record<Verdict, string>> = { right: '✓', rounding: '≈', follows: '↪', wrong: '✗' };
