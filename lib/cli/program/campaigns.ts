import type { Register } from './register.ts';

/** Many runs, in an order in which none disturbs another. */
export const campaigns: Register = (program, io, end) => {
  const campaign = program
    .command('campaign')
    .summary('plan and run many experiments')
    .description(
      'Orders many runs so that no two touch the same service at once, and follows the order in AWS.',
    );

  campaign
    .command('plan')
    .summary('order experiments over services, accounts and Regions')
    .description(
      'Gives each deployed experiment a time at which nobody else touches its services or what they use, within the limits of FIS and of ' +
        'environments, and outside of blackouts. Needs no AWS. Exit 4 where something has no place.',
    )
    .option('--env <id...>', 'only what is deployed there')
    .option('--experiments <id...>', 'only these')
    .option('--from <time>', 'when it begins, such as 2026-12-01T18:00:00Z (default: now)')
    .option('--until <time>', 'when it must be over (default: 92 days later)')
    .option('--out <file>', 'write the plan, for campaign run')
    .option('--json', 'print the plan on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast campaign plan --env staging\n  steadfast campaign plan --from 2026-12-01T18:00:00Z --out night.json',
    )
    .action(async (flags) => {
      const { campaignPlanCommand } = await import('../commands/campaign-plan.ts');
      end(await campaignPlanCommand(io, flags));
    });
};
