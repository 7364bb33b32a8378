import { environmentOption, profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** Many runs, in an order in which none disturbs another. */
export const campaigns: Register = (program, io, end) => {
  const campaign = program
    .command('campaign')
    .summary('plan and run many experiments')
    .description(
      'Orders many runs so that no two touch the same service at once, and follows the order in AWS.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast campaign plan --env staging --out night.json\n  steadfast campaign run night.json --env staging',
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
    .option(
      '--stop-after <verdict=count...>',
      'start nothing more after so many, such as deviated=3 or errored=never (default: errored=1 unrecovered=1)',
    )
    .option(
      '--stop-apart',
      'let each account and Region count its own verdicts and stop by itself; otherwise they stop as one, and must be campaignPartners',
    )
    .option('--out <file>', 'write the plan, for campaign run')
    .option('--json', 'print the plan on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast campaign plan --env staging\n  steadfast campaign plan --from 2026-12-01T18:00:00Z --out night.json\n  steadfast campaign plan --env staging --stop-after deviated=3 --out night.json',
    )
    .action(async (flags) => {
      const { campaignPlanCommand } = await import('../commands/campaign-plan.ts');
      end(await campaignPlanCommand(io, flags));
    });

  campaign
    .command('run')
    .summary('hand a plan to its dispatcher in AWS')
    .description(
      'Writes the plan to the bucket of the environment that dispatches it, and starts its dispatcher. A campaign whose dispatcher ended ' +
        'before its time goes on; nothing is started twice. Of a plan over several accounts or Regions, each part is started with its own --env.',
    )
    .argument('<plan>', 'the file that campaign plan wrote')
    .addOption(environmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option(
      '--stop-after <verdict=count...>',
      "in place of what the plan's file says, such as deviated=3 or errored=never",
    )
    .option('--json', 'print { campaign, environment, runs, started } on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast campaign run night.json --env staging')
    .action(async (file, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { campaignRunCommand } = await import('../commands/campaign-run.ts');
      end(await campaignRunCommand(io, file, flags, processOutside(io)));
    });

  campaign
    .command('status')
    .summary('show how far a campaign is')
    .description(
      'Shows what has ended and how, what is under way, and what comes next. The exit code is that of the worst verdict so far.',
    )
    .argument('<campaign>', 'its name, as campaign run says it')
    .addOption(environmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { campaign, environment, status, counts, others, runs } on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast campaign status 20261201-1a2b3c4d --env staging')
    .action(async (name, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { campaignStatusCommand } = await import('../commands/campaign-status.ts');
      end(await campaignStatusCommand(io, name, flags, processOutside(io)));
    });
};
