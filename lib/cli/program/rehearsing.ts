import { failOnOption, junitOption, markdownOption } from './pipeline-options.ts';
import type { Register } from './register.ts';
import { times } from './times.ts';
import { together } from './together.ts';
import { wholeNumber } from './whole-number.ts';

/** Playing experiments on this machine, and judging what was recorded. */
export const rehearsing: Register = (program, io, end) => {
  program
    .command('rehearse')
    .summary('play experiments on this machine')
    .description(
      'Starts the experiment’s lab, runs it against real processes, and judges it. The exit code is the verdict’s, of many the worst. ' +
        'Of many, each is rehearsed in a lab and a process of its own. A file of Chaos Toolkit or another tool is taken in as it stands: ' +
        'what its hosts are here is told first, and they are never asked.',
    )
    .argument('[experiment]', 'id or file, also of another tool')
    .option('--all', 'every experiment that a lab can play; lists those that none can, with the reason')
    .option('--repeat <times>', 'rehearse it so often, and tell which verdicts and findings differ', times)
    .option(
      '--parallel <number>',
      'so many at once (default: one for every 2 cores and GiB of free memory, since one that waits for a core measures the machine)',
      times,
    )
    .option('--watch', 'again whenever the experiment, its lab or a service’s files change, or at Enter')
    .option(
      '--seed <number>',
      'repeat a rehearsal: the same targets and jitter; of many, each has this seed instead of one of its own',
      wholeNumber,
    )
    .option('--lab <id>', 'for a file of another tool: the lab (default: shop, or the only one)')
    .option(
      '--map <host=service>',
      'for a file of another tool: what a host or target of it is here; can be given several times',
      together,
    )
    .option('--set <name=value>', 'set what the definition opens, once for each name', together)
    .option('--stage <number>', 'run this stage alone; the first is 1', times)
    .option(
      '--out <dir>',
      'where journal.json, samples.ndjson and report.html go (default: .steadfast/runs/<run>); of many, into a folder for each in it',
    )
    .option('--accept-inconclusive', 'run it also where it is too short to tell; it then never ends as held')
    .addOption(junitOption())
    .addOption(markdownOption())
    .addOption(failOnOption())
    .option('--json', 'print the journal on stdout; of many, what each came to')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast rehearse slow-database\n  steadfast rehearse slow-database --seed 7 --out /tmp/run --json\n  steadfast rehearse slow-database --watch\n  steadfast rehearse slow-database --repeat 10\n  steadfast rehearse --all --out rehearsals --json\n  steadfast rehearse chaos/slow-database.json --map api.myapp.com=shop\n  steadfast rehearse --all --junit results/junit.xml --markdown results/summary.md --fail-on deviated,rejected',
    )
    .action(async (experiment, flags) => {
      const { rehearseCommand } = await import('../commands/rehearse.ts');
      end(await rehearseCommand(io, experiment, flags));
    });

  program
    .command('judge')
    .summary('judge what was recorded, without running anything')
    .description(
      'Judges a run’s journal again, or samples that any tool recorded, by the code that a run concludes with. ' +
        'The exit code is the verdict’s.',
    )
    .argument('<file>', 'journal.json (its samples lie beside it), or a file of samples')
    .option('--experiment <file>', 'judge by this definition; samples alone need one')
    .addOption(junitOption())
    .addOption(markdownOption())
    .addOption(failOnOption())
    .option('--json', 'print { verdict, findings, stages, recovery } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast judge .steadfast/runs/<run>/journal.json\n  steadfast judge journal.json --experiment stricter.yaml\n  steadfast judge samples.ndjson --experiment experiments/slow-database.ts --json\n  steadfast judge journal.json --junit junit.xml --markdown summary.md',
    )
    .action(async (file, flags) => {
      const { judgeCommand } = await import('../commands/judge.ts');
      end(await judgeCommand(io, file, flags));
    });
};
