// A derivation's equations as pieces of a page, formulas as MathML, for pages that are laid out elsewhere.
import type { Derivation } from '../derivation.ts';
import { documentOf } from '../document.ts';
import type { Equation, SectionName } from '../layout.ts';
import { Rendering, type RenderOptions } from '../render.ts';
import { mathOf } from './math.ts';

/** How the pieces are written. */
export interface EquationOptions extends RenderOptions {
  /** How wide a line may be, in digits; 84, a page, unless given. */
  readonly width?: number;
}

/** A quantity and all that it is shown to equal. */
export interface HtmlEquation {
  /** The quantity's public name. */
  readonly id: string;
  /** Its symbol as text. */
  readonly name: string;
  readonly form: 'matrices' | 'elements';
  readonly section: SectionName;
  /** The equation's name in the field: `BP4`. */
  readonly rule?: string;
  readonly passages: readonly HtmlPassage[];
}

/** Lines that follow one another. */
export interface HtmlPassage {
  /** Words that lead over from what is above: text, not markup. */
  readonly words: string | null;
  /** A `math` element as markup; what it contains from outside is escaped. */
  readonly math: string;
}

/**
 * A derivation's equations, each with its formulas as MathML.
 * @example
 * renderEquations(explain(net, { inputs, targets, of: ['layers.1.delta[0]'] }), { notation: 'mazur', width: 50 });
 */
export function renderEquations(derivation: Derivation, { width, ...options }: EquationOptions = {}): HtmlEquation[] {
  const { sections } = documentOf(new Rendering(derivation, options, 'latex'));
  return sections.flatMap(({ name: section, groups }) =>
    groups.flatMap(({ forms }) =>
      forms.flatMap(({ name: form, equations }) =>
        equations.map((equation) => ({ ...pieceOf(equation, width), form, section })),
      ),
    ),
  );
}

function pieceOf(equation: Equation, width: number | undefined): Omit<HtmlEquation, 'form' | 'section'> {
  const { id, name, rule, passages } = equation;
  return {
    id,
    name,
    ...(rule !== undefined && { rule }),
    passages: passages.map((passage) => ({ words: passage.words, math: mathOf(equation, passage, width).math })),
  };
}
