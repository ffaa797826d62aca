// The commands, in the order that help lists them.
import type { Command } from 'commander';
import { checkCommand } from './check.ts';
import { dataCommand } from './data.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { experimentCommand } from './experiment.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { gradcheckCommand } from './gradcheck.ts';
import { gradientsCommand } from './gradients.ts';
import { importCommand } from './import.ts';
import { inspectCommand } from './inspect.ts';
import { predictCommand } from './predict.ts';
import { studioCommand } from './studio.ts';
import { trainCommand } from './train.ts';
import { tuneCommand } from './tune.ts';
import { worksheetCommand } from './worksheet.ts';

/** Each makes its command anew. */
export const commands: readonly (() => Command)[] = [
  demoCommand,
  studioCommand,
  trainCommand,
  tuneCommand,
  doctorCommand,
  evaluateCommand,
  predictCommand,
  explainCommand,
  worksheetCommand,
  checkCommand,
  gradientsCommand,
  gradcheckCommand,
  inspectCommand,
  exportCommand,
  importCommand,
  experimentCommand,
  dataCommand,
];
