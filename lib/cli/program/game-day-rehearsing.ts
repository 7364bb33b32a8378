import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Register } from './register.ts';
import { wholeNumber } from './whole-number.ts';

/** Holding a game day on this machine. */
export const gameDayRehearsing: Register = (gameDay, io, end) => {
  gameDay
    .command('rehearse')
    .summary('hold a game day on this machine, with a page for its people')
    .description(
      'Starts the game day’s lab and holds an edition in it by the protocol that is deployed: a page on this machine with a link for each ' +
        'role, and what happens told here. Other terminals of the project act in it too, with --role and --as. ' +
        'The exit code is that of the worst stage’s last attempt.',
    )
    .argument('<game-day>', 'its id')
    .option('--no-page', 'serve no page: people act from other terminals alone')
    .option('--port <port>', 'of the page (default: any that is free)', port)
    .option('--seed <number>', 'repeat a rehearsal: the same targets and jitter', wholeNumber)
    .option('--json', 'print { edition, gameDay, lab, verdict, stages, folder } on stdout once it is over')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast gameday rehearse payment-down\n  steadfast gameday rehearse payment-down --no-page',
    )
    .action(async (id, flags) => {
      const { gameDayRehearseCommand } = await import('../commands/gameday-rehearse.ts');
      end(await gameDayRehearseCommand(io, id, flags));
    });
};

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('It must be a port from 1 to 65535, or 0 for any.');
  return number;
}
