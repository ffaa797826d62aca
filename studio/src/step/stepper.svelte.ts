// What can be done in the Step view. Its state outlives the view, so that another one can be looked at in between.
import { ChainruleError } from 'chainrule';
import { notations } from 'chainrule/explain';
import type { Flow } from '../common/drawing/marks.ts';
import { placeNamed } from '../common/drawing/places.ts';
import type { StepHandover } from '../common/handover.svelte.ts';
import { inEach, PageError } from '../words/sentences.ts';
import { back, begin, type Course, forth, lastFiniteStep, networkAt, type Stage, stages } from './course.ts';
import { type LinkState, linkOf, parseLink, setupFrom } from './link.ts';
import { isQuantity } from './parts.ts';
import { type PresetName, preset, presetNotation } from './presets.ts';
import { Reading } from './reading.svelte.ts';
import { choiceOf, isOptimizerName, type Setup } from './setup.ts';
import { words } from './words.ts';

/** Where a change began, to go back there. */
interface Past {
  readonly course: Course;
  readonly preset: PresetName | undefined;
}

/** So many changes can be taken back. */
const mostPast = 200;

class Stepper extends Reading {
  preset: PresetName | undefined = $state('mazur');
  /** What went wrong last; then nothing was changed. */
  problem: unknown = $state.raw();
  flow: Flow | undefined = $state.raw();
  private past: readonly Past[] = $state.raw([]);
  readonly canGoBack = $derived(this.course.presses > 0 || this.past.length > 0);

  /** Opens the parts of the step up to this one; the next step's where it is open already. */
  go(stage: Stage): void {
    const now = this.course.presses % stages.length;
    const goal = stages.indexOf(stage) + 1;
    this.forth(goal > now ? goal - now : goal + stages.length - now);
  }

  /** So many parts further. */
  forth(presses: number): void {
    this.act(() => {
      const last = (this.course.presses + presses - 1) % stages.length;
      const course = forth(this.course, presses);
      this.derived(course);
      this.course = course;
      this.flow = this.movement(stages[last]);
    });
  }

  private movement(stage: Stage): Flow | undefined {
    const layers = this.network.layers.length;
    if (stage === 'forward') return { direction: 'forward', first: 0, last: layers - 1 };
    if (stage === 'loss') return { direction: 'forward', first: layers, last: layers + 1 };
    return stage === 'backward' ? { direction: 'backward', first: 1, last: layers + 1 } : undefined;
  }

  /** One part back; at the beginning, to before the last change. */
  back(): void {
    this.problem = undefined;
    this.flow = undefined;
    const last = this.past.at(-1);
    if (this.course.presses > 0) this.course = back(this.course);
    else if (last !== undefined) {
      this.past = this.past.slice(0, -1);
      this.course = last.course;
      this.preset = last.preset;
      this.settle();
    }
  }

  /** To the beginning of the first step. */
  toStart(): void {
    this.problem = undefined;
    this.flow = undefined;
    this.course = { ...this.course, presses: 0 };
  }

  /** Chooses a quantity, and shows the sample that it is of. */
  choose(name: string): void {
    this.chosen = name;
    const sample = placeNamed(name)?.sample;
    if (sample !== null && sample !== undefined) this.sample = sample;
  }

  /** Shows another sample of the batch, and of what is chosen that sample's. */
  showSample(sample: number): void {
    this.sample = sample;
    this.chosen = this.chosen.replace(/^samples\.\d+\./, `samples.${sample}.`);
  }

  /** Begins a preset. */
  open(name: PresetName): void {
    this.remember();
    this.preset = name;
    this.course = begin(preset(name));
    this.notation = presetNotation(name) ?? this.notation;
    this.fresh();
  }

  /** Begins a step of another view's training. */
  take(handover: StepHandover): void {
    const { network, inputs, targets, optimizer, step = 1, state = {} } = handover;
    this.act(() => {
      if (!isOptimizerName(optimizer.name))
        throw new ChainruleError('unsupported', `${optimizer.name} has no steps to derive.`);
      const { choice } = choiceOf(optimizer, optimizer.name);
      const learningRate = handover.learningRate ?? optimizer.learningRate;
      const setup: Setup = { network, inputs, targets, optimizer: choice, learningRate };
      const states = Object.fromEntries(Object.entries(state).map(([name, data]) => [name, Float64Array.from(data)]));
      const course = begin(setup, step, states);
      this.derived(course);
      this.remember();
      this.preset = undefined;
      this.course = course;
      this.fresh();
    });
  }

  /**
   * Begins the present step again with a change of the setup; beyond the finite numbers, the last step that began with them.
   * @param isOther whether layers or optimizer are others, so that the optimizer has nothing to remember
   */
  change(edit: (setup: Setup) => Setup, isOther = false): void {
    this.act(() => {
      const now = this.course;
      const step = lastFiniteStep(now);
      const setup = edit({ ...now.setup, network: networkAt(now, step) });
      const course = isOther ? begin(setup) : begin(setup, now.firstStep + step, now.starts[step].state);
      this.derived(course);
      this.remember();
      this.preset = undefined;
      this.course = course;
      this.flow = undefined;
      this.settle();
    });
  }

  private remember(): void {
    this.past = [...this.past, { course: this.course, preset: this.preset }].slice(-mostPast);
  }

  /** Nothing chosen, nothing said. */
  private fresh(): void {
    this.problem = undefined;
    this.flow = undefined;
    this.chosen = '';
    this.sample = 0;
  }

  /** What was chosen may be gone. */
  private settle(): void {
    if (this.sample >= this.course.setup.inputs.length) this.sample = 0;
    if (this.chosen !== '' && !isQuantity(this.derivation, this.chosen)) this.chosen = '';
  }

  /** Does something that the library may refuse: then a sentence says why, and all stays as it was. */
  private act(action: () => void): void {
    this.problem = undefined;
    try {
      action();
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
      this.problem = error;
    }
  }

  /** The state as a link says it. */
  linked(): LinkState {
    const { chosen, sample, notation, depth } = this;
    return {
      ...linkOf(this.course, this.preset),
      ...(chosen !== '' && { chosen }),
      ...(sample > 0 && { sample }),
      notation,
      ...(depth > 0 && { depth }),
    };
  }

  /** Opens what a link says; a damaged one leaves a sentence, and the first preset. */
  openLink(found: unknown): void {
    try {
      const link = parseLink(found);
      if (link === undefined) throw new ChainruleError('bad-data', 'the link holds no state of this view.');
      const { preset: name = 'mazur', state = {} } = link;
      const own = setupFrom(link);
      const states = Object.fromEntries(Object.entries(state).map(([name, data]) => [name, Float64Array.from(data)]));
      const course = forth(begin(own ?? preset(name), own && link.firstStep, own && states), link.presses ?? 0);
      this.derived(course);
      this.course = course;
      this.preset = own === undefined ? name : undefined;
      this.past = [];
      this.fresh();
      this.notation = Object.hasOwn(notations, link.notation ?? '') ? (link.notation ?? 'mazur') : 'mazur';
      this.depth = link.depth ?? 0;
      this.sample = link.sample ?? 0;
      this.chosen = link.chosen ?? '';
      this.settle();
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
      this.open('mazur');
      this.problem = new PageError(
        inEach(words, ({ unreadable }) => unreadable),
        { cause: error },
      );
    }
  }
}

/** The one state of the view. */
export const stepper = new Stepper();
