// Dark or light: as the system has it, until the reader chooses.

/** What can be chosen. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'chainrule.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

let chosen: Theme = $state(recall());
let systemIsDark = $state(dark.matches);
dark.addEventListener('change', () => {
  systemIsDark = dark.matches;
});

/** What was chosen. */
export function theme(): Theme {
  return chosen;
}

/** What is shown: for drawings on a canvas, which do not follow style sheets by themselves. */
export function shownTheme(): 'light' | 'dark' {
  if (chosen === 'system') return systemIsDark ? 'dark' : 'light';
  return chosen;
}

/** Shows a theme, and remembers it. */
export function choose(next: Theme): void {
  chosen = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Storage is forbidden: the choice holds for this page.
  }
}

function recall(): Theme {
  try {
    return themes.find((name) => name === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system';
  }
}
