// The page's language, and how its sentences are looked up: every room has a file of its own words beside it, in both languages.

/** The languages of the studio. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** A room's words: the same keys in each language. A value is a text, or a function of what it speaks about. */
export type Words<W> = Readonly<Record<Language, W>>;

let chosen: Language = $state(preferred());

/** The language the page speaks at present. Reading it in a component makes the component follow. */
export function language(): Language {
  return chosen;
}

/** Makes the page speak a language, and remembers it. */
export function speak(next: Language): void {
  chosen = next;
  remember(next);
}

/** A room's words in the present language. */
export function say<W>(words: Words<W>): W {
  return words[chosen];
}

function preferred(): Language {
  const kept = recall();
  if (kept !== undefined) return kept;
  const first = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

const key = 'chainrule.language';

// Storage may be forbidden; then nothing is remembered.
function recall(): Language | undefined {
  try {
    return languages.find((tag) => tag === localStorage.getItem(key));
  } catch {
    return undefined;
  }
}

function remember(tag: Language): void {
  try {
    localStorage.setItem(key, tag);
  } catch {
    // Forbidden: the choice holds for this page.
  }
}
