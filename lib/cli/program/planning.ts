import { environmentOption, profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** Knowing what a run would do before it starts. */
export const planning: Register = (program, io, end) => {
  program
    .command('plan')
    .summary('show what a run would meet, hit, risk and cost')
    .description(
      'Asks AWS whether a run would be admitted now, what its faults can hit, what can go wrong at worst, what it costs, and what IAM ' +
        'allows, and changes nothing. Exit 0 where it would be admitted, else 4. Without credentials it tells what needs no AWS.',
    )
    .argument('<experiment>', 'its id or file')
    .addOption(environmentOption())
    .option('--offline', 'ask AWS nothing: durations, risk and cost alone')
    .option('--prices <file>', 'prices in USD that replace those of the list, in YAML or JSON')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print the plan on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast plan slow-database --env staging\n  steadfast plan slow-database --env staging --offline\n  steadfast plan slow-database --env staging --prices prices.yaml --json',
    )
    .action(async (experiment, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { planCommand } = await import('../commands/plan.ts');
      end(await planCommand(io, experiment, flags, processOutside(io)));
    });
};
