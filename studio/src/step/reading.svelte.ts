// What the Step view shows of its state: the present step's derivation, what of it is known, what is chosen and marked. Nothing here
// changes the state; stepper.svelte.ts does.
import { ChainruleError } from 'chainrule';
import { type Derivation, type WrittenDerivation, writtenQuantities } from 'chainrule/explain';
import type { Mark } from '../common/drawing/marks.ts';
import { type Place, placeNamed, quantityName } from '../common/drawing/places.ts';
import { language } from '../words/language.svelte.ts';
import { marksOf, quantitiesBehind, readOutside, slotsBehind, type Uses } from './ancestors.ts';
import { begin, type Course, derivationOf, networkAt, nextStage, positionOf, type Stage, stages } from './course.ts';
import { firstNotFinite, isQuantity, slotNamed } from './parts.ts';
import { preset } from './presets.ts';
import type { Setup } from './setup.ts';

/** How often each choice puts definitions in place of quantities; the last, down to what is given. */
const depths = [0, 1, 2, 3, 12];

/** The state of the view, and what follows from it. */
export class Reading {
  course: Course = $state.raw(begin(preset('mazur')));
  /** The public name of a quantity; empty where none is chosen. */
  chosen = $state('');
  sample = $state(0);
  notation = $state('mazur');
  /** How far the chosen derivation is written out: the number of a choice. */
  depth = $state(0);

  readonly position = $derived(positionOf(this.course));
  readonly next = $derived(nextStage(this.course));
  readonly network = $derived(networkAt(this.course));
  readonly stepNumber = $derived(this.course.firstStep + this.position.step);
  /** Of the present step; the same while only its parts are opened. */
  readonly derivation: Derivation = $derived.by(() => this.derived(this.course));
  readonly written: WrittenDerivation = $derived(
    writtenQuantities(this.derivation, { notation: this.notation, language: language() }),
  );
  /** The first number that is not finite, of those that are known. */
  readonly firstNotFinite: Place | undefined = $derived.by(() =>
    firstNotFinite(this.derivation, (slot) => this.isKnown(slot)),
  );
  /** The phase in which each slot is computed. */
  private readonly phases = $derived(
    new Map(this.derivation.program.calls.map(({ output, origin }): [string, Stage] => [output, origin.phase])),
  );
  /** The step of the chosen quantity alone, written out as far as it can be read. */
  readonly chosenDerivation: Derivation | undefined = $derived.by(() => {
    const place = this.placeOfChosen;
    if (place === undefined || this.phaseOf(place.slot) === undefined) return undefined;
    if (this.isWhole) {
      const matrices = this.derivation.matrices.filter(({ slot }) => slot === place.slot);
      return { ...this.derivation, steps: [], matrices };
    }
    // What would be too long to read is refused: then as far as it can be.
    const at = (depth: number) => this.tried(() => derivationOf(this.course, { of: [this.chosen], depth }));
    return depths
      .slice(0, this.depth + 1)
      .reduceRight<Derivation | undefined>((found, depth) => found ?? at(depth), undefined);
  });
  /** What the chosen quantity reads. */
  readonly uses: readonly string[] = $derived(
    this.chosenDerivation?.steps.filter(({ id }) => id === this.chosenId).flatMap(({ uses }) => uses) ?? [],
  );

  /** What every quantity of a small network is computed from. */
  private readonly allUses = $derived(new Map(this.derivation.steps.map(({ id, uses }) => [id, uses])));
  /** The same for some quantities, which in a large network are derived for it. */
  private readonly usesOf = (names: readonly string[]): Uses => {
    if (this.derivation.of === undefined) return this.allUses;
    const computed = names.filter((name) => this.phaseOf(this.placeIn(name)?.slot ?? '') !== undefined);
    if (computed.length === 0) return new Map();
    const { steps } = derivationOf(this.course, { of: computed });
    return new Map(steps.map(({ id, uses }) => [id, uses]));
  };

  readonly marks: Map<string, Mark> = $derived.by(() => {
    if (this.chosen === '') return new Map();
    const near = readOutside(this.chosen, this.uses, this.usesOf);
    const isFull = this.derivation.of === undefined;
    const far = isFull ? quantitiesBehind(near, this.allUses) : slotsBehind(this.derivation, near, this.sample);
    return marksOf(this.chosen, near, far);
  });

  /** The place of the chosen quantity, aliases followed. */
  get placeOfChosen(): Place | undefined {
    return this.chosen === '' ? undefined : this.placeIn(this.chosen);
  }

  /** Whether all of a layer's slot is chosen, and no number of it. */
  get isWhole(): boolean {
    const place = this.placeOfChosen;
    const slot = place && slotNamed(this.derivation.program, place.slot);
    return place?.index.length === 0 && slot !== undefined && slot.shape.length > 0;
  }

  /** The chosen quantity by the name that its slot has. */
  get chosenId(): string {
    const place = this.placeOfChosen;
    return place === undefined ? '' : quantityName(place, this.derivation.samples);
  }

  private placeIn(name: string): Place | undefined {
    const place = placeNamed(name);
    if (place === undefined || !isQuantity(this.derivation, name)) return undefined;
    const slot = slotNamed(this.derivation.program, place.slot);
    return slot && { slot: slot.name, index: place.index, sample: slot.perSample ? (place.sample ?? 0) : null };
  }

  /** The part of a step in which a slot is computed; undefined for what is given. */
  phaseOf(slot: string): Stage | undefined {
    return this.phases.get(slotNamed(this.derivation.program, slot)?.name ?? slot);
  }

  /** Whether a slot's values are open to the reader by now. */
  isKnown(slot: string): boolean {
    const phase = this.phaseOf(slot);
    if (phase === undefined) return true;
    const { stage } = this.position;
    return stage !== undefined && stages.indexOf(phase) <= stages.indexOf(stage);
  }

  /** What the drawing shows of a place: of a parameter that was updated, what it has become. */
  shownPlace(place: Place): Place {
    const next = `${place.slot}.next`;
    return this.derivation.program.slots.has(next) && this.isKnown(next) ? { ...place, slot: next } : place;
  }

  /** A quantity as the notation has it, aliases followed. */
  quantity(place: Place) {
    const slot = slotNamed(this.derivation.program, place.slot)?.name ?? place.slot;
    return this.written.of({ ...place, slot });
  }

  private memory: { readonly start: object; readonly setup: Setup; readonly derivation: Derivation } | undefined;

  /** The derivation of a course's present step. @throws ChainruleError where it cannot be carried out */
  protected derived(course: Course): Derivation {
    const start = course.starts[positionOf(course).step];
    if (this.memory?.start !== start || this.memory.setup !== course.setup)
      this.memory = { start, setup: course.setup, derivation: derivationOf(course) };
    return this.memory.derivation;
  }

  private tried<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (error instanceof ChainruleError) return undefined;
      throw error;
    }
  }
}
