import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { environmentOption, maybeEnvironmentOption, profileOption, regionOption } from './aws-options.ts';
import { failOnOption, junitOption, markdownOption } from './pipeline-options.ts';
import type { Register } from './register.ts';
import { times } from './times.ts';
import { together } from './together.ts';

/** Running experiments in environments, and looking at runs. */
export const inAws: Register = (program, io, end) => {
  program
    .command('run')
    .summary('run an experiment in an environment')
    .description(
      'Starts the experiment’s launcher and shows the run like a rehearsal. What was deployed is what runs. Ctrl-C asks whether to ' +
        'detach or to halt. The exit code is the verdict’s; 130 where the run was let go of before it.',
    )
    .argument('<experiment>', 'the id of an experiment that is deployed there')
    .addOption(environmentOption())
    .option('--set <name=value>', 'set what the definition opens, once for each name', together)
    .option('--stage <number>', 'run this stage alone; the first is 1', times)
    .option('--accept-inconclusive', 'run it also where it is too short to tell; it then never ends as held')
    .option(
      '--out <dir>',
      'where journal.json, samples.ndjson and report.html go (default: .steadfast/runs/<run>)',
    )
    .option(
      '--at <time>',
      'start it once, then: ISO 8601 with a zone, such as 2026-12-01T14:00:00+01:00',
      moment,
    )
    .option('--detach', 'return once it has started')
    .addOption(
      new Option(
        '--on-interrupt <what>',
        'what Ctrl-C does where nobody can be asked (default: detach)',
      ).choices(['detach', 'halt'] as const),
    )
    .addOption(profileOption())
    .addOption(regionOption())
    .addOption(junitOption())
    .addOption(markdownOption())
    .addOption(failOnOption())
    .option('--json', 'print the journal on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast run slow-database --env staging\n  steadfast run slow-database --env staging --set delay=1s\n  steadfast run slow-database --env staging --detach --json\n  steadfast run slow-database --env staging --junit junit.xml --markdown summary.md --fail-on deviated',
    )
    .action(async (experiment, flags) => {
      const { runCommand } = await import('../commands/run.ts');
      end(await runCommand(io, experiment, flags));
    });

  program
    .command('runs')
    .summary('list runs, the newest first')
    .description(
      'Lists the runs of an environment, those under way on top; without one, the runs that lie in .steadfast/runs.',
    )
    .option('--env <name>', 'the environment')
    .option('--experiment <id>', 'only its runs')
    .option('--limit <number>', 'so many at most (default: 20)', count)
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { environment, live, runs } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast runs\n  steadfast runs --env staging --experiment slow-database --limit 5',
    )
    .action(async (flags) => {
      const { runsCommand } = await import('../commands/runs.ts');
      end(await runsCommand(io, flags));
    });

  program
    .command('show')
    .summary('show one run')
    .description(
      'Shows what a run under way is at, or the verdict and findings of one that has ended, where its files are, and links to the console. Exit 0, or 4 for an unknown run.',
    )
    .argument('<run>', 'its id')
    .addOption(maybeEnvironmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print it as one document on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast show slow-database-20260501T093000Z-4fzk --env staging')
    .action(async (run, flags) => {
      const { showCommand } = await import('../commands/show.ts');
      end(await showCommand(io, run, flags));
    });
};

/** A time without a zone would be another one on another machine. */
function moment(text: string): Date {
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('Write it as 2026-12-01T14:00:00Z or 2026-12-01T14:00:00+01:00.');
  return at;
}

function count(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 1_000)
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return number;
}
