import { Option } from '@commander-js/extra-typings';
import { profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** What runs have shown over time. */
export const results: Register = (program, io, end) => {
  program
    .command('coverage')
    .summary('how each service has fared, and what nothing tests')
    .description(
      'Shows for each service the last verdict of every experiment on it, its age and trend, and what could be broken that no ' +
        'experiment tests: of the runs in an environment, or else of the rehearsals that lie in .steadfast/runs. Of each game day: when it was last held by the ' +
        'retrospectives in retrospectives/, whether the next edition is overdue, and which actions are open.',
    )
    .addOption(new Option('--env <name>', 'an environment of the project (default: the rehearsals here)'))
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { environment, services, gameDays } on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast coverage\n  steadfast coverage --env staging --json')
    .action(async (flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { coverageCommand } = await import('../commands/coverage.ts');
      end(await coverageCommand(io, flags, processOutside(io)));
    });

  program
    .command('export')
    .summary('tell a run in the words of another tool')
    .description(
      'Writes a run as a journal of Chaos Toolkit, which its reporting reads. Only a run that held reads as a pass there; the verdict ' +
        'itself stands under x-steadfast. Headers, bodies and queries of requests are left out. The exit code says whether it was written.',
    )
    .argument('<run>', "a run's id, its folder, or a journal.json")
    .option('--chaos-toolkit', 'as a journal of Chaos Toolkit; there is no other format')
    .option('--out <file>', 'write it there instead of to stdout')
    .option('--json', 'print it on stdout also where it is written to a file')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast export --chaos-toolkit .steadfast/runs/<run>\n  steadfast export --chaos-toolkit journal.json --out chaos-journal.json',
    )
    .action(async (run, flags) => {
      const { exportCommand } = await import('../commands/export.ts');
      end(await exportCommand(io, run, flags));
    });
};
