// `experiment`: the experiments of Nielsen's book: listed, run and reported. What they are stands in experiments/.
import { Command } from 'commander';
import { integer, oneOf } from '../arguments.ts';
import { backendNames, mostThreads } from '../backend.ts';
import { listExperiments } from '../experiments/list.ts';
import { reportExperiments } from '../experiments/report.ts';
import { runExperiments } from '../experiments/run-all.ts';

const usualFolder = 'experiment-results';

export function experimentCommand(): Command {
  const command = new Command('experiment').description("The experiments of Nielsen's book: list, run, report.");
  command
    .command('list')
    .description('The experiments, and which have results.')
    .option('--dir <folder>', `the folder of results (${usualFolder})`, usualFolder)
    .option('--json', 'print as JSON')
    .action(listExperiments);
  command
    .command('run')
    .description('Run experiments; one that was interrupted goes on, one whose result is there is not run again.')
    .argument('[ids...]', 'experiments by their names; "chainrule experiment list" has them')
    .option('--all', 'all of them')
    .option('--quick', 'on fewer digits for fewer epochs, each in seconds')
    .option('--seeds <n>', 'run each with so many seeds, 0 to n − 1 (1)', integer('--seeds', 1, 1000))
    .option('--dir <folder>', `where results go (${usualFolder})`, usualFolder)
    .option('--backend <name>', `${backendNames.join(', ')} (auto)`, oneOf('--backend', backendNames))
    .option('--threads <n>', 'threads at most (as many as the machine has)', integer('--threads', 1, mostThreads))
    .option('--json', 'print the results as JSON')
    .option('--quiet', 'say nothing but results and errors')
    .action(runExperiments);
  command
    .command('report')
    .description('A report of the results there are: your own, else those that ship, each beside what the book prints.')
    .requiredOption('--out <file>', 'the file to write, .html or .md')
    .option('--quick', 'of quick runs')
    .option('--dir <folder>', `the folder of results (${usualFolder})`, usualFolder)
    .action(reportExperiments);
  return command;
}
