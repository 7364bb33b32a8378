import { afterGameDays } from './after-game-days.ts';
import { environmentOption, maybeEnvironmentOption, profileOption, regionOption } from './aws-options.ts';
import { gameDayDeeds } from './game-day-deeds.ts';
import { editionOption, nameOption, roleOption } from './game-day-options.ts';
import { gameDayRehearsing } from './game-day-rehearsing.ts';
import type { Register } from './register.ts';

/** Game days: people practising, by a protocol. */
export const gameDays: Register = (program, io, end) => {
  const gameDay = program
    .command('gameday')
    .summary('hold a game day: plan, begin, approve, note, halt')
    .description(
      'People practise by a protocol: each step is proposed by one person and approved by another, and every role can halt everything. ' +
        'Who somebody is, AWS tells by the credentials that are used.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast gameday rehearse payment-outage\n  steadfast gameday start payment-outage --env staging\n  steadfast gameday status --env staging',
    );

  gameDay
    .command('plan')
    .summary('show what a game day would be, and whether it could begin now')
    .description(
      'With --env as it would be held there; without, as it would be rehearsed. Changes nothing. Exit 0, or 4 where it could not begin.',
    )
    .argument('<game-day>', 'its id')
    .option('--env <name>', 'the environment (default: its lab)')
    .option('--offline', 'do not ask AWS')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { asked, begins, plan } on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast gameday plan payment-outage --env staging')
    .action(async (id, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayPlanCommand } = await import('../commands/gameday-plan.ts');
      end(await gameDayPlanCommand(io, id, flags, processOutside(io)));
    });

  gameDayRehearsing(gameDay, io, end);

  gameDay
    .command('start')
    .summary('begin an edition in an environment, with its pre-brief')
    .description(
      'Starts the game day’s state machine: what was deployed is what is held. Refused where a plan would be, and where another edition is open.',
    )
    .argument('<game-day>', 'the id of a game day that is deployed there')
    .addOption(environmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { edition, environment, execution } on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast gameday start payment-outage --env staging')
    .action(async (id, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayStartCommand } = await import('../commands/gameday-start.ts');
      end(await gameDayStartCommand(io, id, flags, processOutside(io)));
    });

  gameDay
    .command('status')
    .summary('show an edition as you see it: what goes on, what waits, what you may do')
    .description(
      'The same as the widget and the page show. Without an edition: the one that is open; without --env first a rehearsal on this machine.',
    )
    .argument('[edition]', 'an edition, also one that is over')
    .option('--follow', 'go on telling what is new until it is closed')
    .option('--all', 'the whole timeline')
    .addOption(roleOption())
    .addOption(maybeEnvironmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print the view on stdout; with --follow a line for each that is new')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast gameday status --env staging\n  steadfast gameday status --env staging --follow',
    )
    .action(async (edition, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayStatusCommand } = await import('../commands/gameday-status.ts');
      end(await gameDayStatusCommand(io, { ...flags, edition }, processOutside(io)));
    });

  gameDay
    .command('approve')
    .summary('approve exactly what waits, proposed by somebody else')
    .description('Shows what would be done, and asks. The approval is bound to the hash of exactly that.')
    .addOption(editionOption())
    .option('--hash <hash>', 'of what you looked at: anything else is refused')
    .option('--note <text>', 'what the timeline is to say of it')
    .option('--yes', 'do not ask; needs --hash')
    .addOption(roleOption())
    .addOption(nameOption())
    .addOption(maybeEnvironmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print what was answered on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast gameday approve --env staging')
    .action(async (flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayAnswerCommand } = await import('../commands/gameday-answer.ts');
      end(await gameDayAnswerCommand(io, 'approve', flags, processOutside(io)));
    });

  gameDay
    .command('refuse')
    .summary('refuse what waits, or take back what you proposed')
    .addOption(editionOption())
    .option('--hash <hash>', 'of what you looked at: anything else is refused')
    .option('--note <text>', 'what the timeline is to say of it')
    .option('--yes', 'do not ask')
    .addOption(roleOption())
    .addOption(nameOption())
    .addOption(maybeEnvironmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print what was answered on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast gameday refuse --env staging --note "the queue is not empty yet"',
    )
    .action(async (flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayAnswerCommand } = await import('../commands/gameday-answer.ts');
      end(await gameDayAnswerCommand(io, 'refuse', flags, processOutside(io)));
    });

  gameDayDeeds(gameDay, io, end);
  afterGameDays(gameDay, io, end);
};
