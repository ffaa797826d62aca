// The report of a model's evaluation on data: the report of a training without its course.
import { type Backend, type Dataset, type Network, parameterCount, predictRows, report } from 'chainrule';
import { describeNetwork } from '../descriptions.ts';
import { count } from '../numbers.ts';
import type { Scored } from '../scores.ts';
import { gradientsSection } from './gradient-norms.ts';
import { descriptions, page, section } from './html.ts';
import { mistakesSection } from './mistakes.ts';
import { weightsSection } from './pictures.ts';
import { reportSections, scoresSection } from './scores.ts';
import { wordsOf } from './words.ts';

/** An evaluation, and how to report it. */
export interface ReportedEvaluation {
  /** The model and the data, as they were named. */
  readonly model: string;
  readonly name: string;
  readonly net: Network;
  readonly data: Dataset;
  readonly scored: Scored;
  readonly backend: Backend;
  readonly language: string;
}

/** The report as the text of an HTML file. */
export function evaluationReport({ model, name, net, data, scored, backend, language }: ReportedEvaluation): string {
  const words = wordsOf(language);
  const seen = report(data, predictRows(net, data.samples, { backend }), { loss: net.loss });
  return page({
    language: words.code,
    title: words.evaluationTitle,
    subtitle: `${model}, ${name}`,
    sections: [
      scoresSection([[name, scored]], words),
      ...reportSections(seen, name, words),
      mistakesSection(net, { data, part: name, backend }, words),
      weightsSection(net, data, words),
      gradientsSection(data, { after: net }, words),
      section(
        words.settings,
        descriptions([
          [words.model, model],
          [words.data, name],
          [words.network, describeNetwork(net)],
          [words.parameters, count(parameterCount(net))],
          [words.backend, backend.name],
        ]),
      ),
    ],
  });
}
