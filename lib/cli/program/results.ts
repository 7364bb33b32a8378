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
};
