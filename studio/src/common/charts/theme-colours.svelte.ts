// The style sheet's colours as they stand in the present theme, for canvases, which style sheets do not reach.
import { rgbOf, signedScale } from './colours.ts';

// The page says its theme by an attribute of its root: whoever asked for a colour is told when that has changed.
let turn = $state(0);
new MutationObserver(() => {
  turn++;
}).observe(document.documentElement, { attributeFilter: ['data-theme'] });

/** What is made of the present theme, kept until it changes: pictures ask for the same again and again. */
class Kept<Made> {
  private readonly made = new Map<string, Made>();
  private at = -1;

  get(name: string, make: () => Made): Made {
    if (this.at !== turn) this.made.clear();
    this.at = turn;
    const made = this.made.get(name) ?? make();
    this.made.set(name, made);
    return made;
  }
}

const colours = new Kept<string>();

/** Minified style sheets write colours in ways of their own; a canvas gives them back as #rrggbb. */
const translator = document.createElement('canvas').getContext('2d');

/** A variable of style.css, as #rrggbb: `colourOf('accent')`. Reading it in a component makes the component follow the theme. */
export function colourOf(variable: string): string {
  return colours.get(variable, () => {
    const written = getComputedStyle(document.documentElement).getPropertyValue(`--${variable}`).trim();
    if (translator === null) return written;
    translator.fillStyle = written;
    return translator.fillStyle;
  });
}

/** Colours for −1 … 1 as RGBA bytes; colours.ts says where a number lies in them. */
export type Palette = Uint8ClampedArray;

const palettes = new Kept<Palette>();

/** The colours of negative and positive numbers, 0 as the page's background. */
export function signedPalette(): Palette {
  return palettes.get('signed', () => {
    const [negative, middle, positive] = ['negative', 'background', 'positive'].map((name) => rgbOf(colourOf(name)));
    return signedScale(negative, middle, positive);
  });
}

/** From the background to the text's colour, for amounts of 0 … 1 such as ink. */
export function inkPalette(): Palette {
  return palettes.get('ink', () => {
    const [paper, ink] = ['background', 'text'].map((name) => rgbOf(colourOf(name)));
    return signedScale(paper, paper, ink);
  });
}
