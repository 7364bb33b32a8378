import { Option } from '@commander-js/extra-typings';
import { profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** What runs have shown over time, and whether that is enough. */
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
    .command('gate')
    .summary('may a service be deployed, by its resilience record?')
    .description(
      'Exit 0 where every experiment on the service held in its last run, by the definition that there is now and no longer ago than ' +
        '--max-age; else 4, with what is missing and what to run. What is not known never opens it: no experiment, no run, no record that can be read. ' +
        'A run of one stage alone does not count as held.',
    )
    .requiredOption('--service <name>', 'the logical name of the service')
    .addOption(new Option('--env <name>', 'an environment of the project (default: the rehearsals here)'))
    .option('--max-age <duration>', 'how old a run may be, such as 30d or 12h', '30d')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { service, environment, maxAge, open, reasons, experiments } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast gate --service shop --env staging\n  steadfast gate --service shop --env staging --max-age 7d --json\n  steadfast gate --service shop',
    )
    .action(async (flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gateCommand } = await import('../commands/gate.ts');
      end(await gateCommand(io, flags, processOutside(io)));
    });
};
