import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Command } from '../../game-day/command.ts';
import { confirmed } from '../aws/asking-person.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type GameDayFlags, openGameDay } from '../game-day/open-game-day.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface GameDayActFlags extends GameDayFlags {
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** What is done, and what is asked before; nothing where that is absent. */
interface Deed {
  readonly command: Command;
  readonly asks?: { readonly what: string; readonly otherwise: string };
}

/** Does one thing in an edition, and tells what goes on then. */
export async function gameDayActCommand(
  io: Io,
  { command, asks }: Deed,
  flags: GameDayActFlags,
  outside: Outside,
): Promise<number> {
  const { client, place } = await openGameDay(io, flags, outside);
  const { edition } = client;
  if (asks !== undefined) await confirmed({ ask: outside.ask, yes: flags.yes, words: 'yes', ...asks });
  await client.act(command);
  // It is done: that nobody can tell how things are now is no failure of it.
  const view = await client.view().catch(() => undefined);
  if (flags.json === true)
    printJson(io, {
      edition,
      command,
      ...(view === undefined ? {} : { phase: view.phase, now: view.now }),
    });
  else {
    printLine(
      io.stdout,
      `Done in ${place.name}: ${wordsOf(command)}.${view === undefined ? '' : ` ${view.now}`}`,
    );
    printLine(io.stdout, `Next: npx steadfast gameday status ${edition}${place.flags}`);
  }
  return exitCode.fine;
}

/** Ends everything at once. Where the game day cannot be reached, it is told how everything is ended without it. */
export async function gameDayHaltCommand(
  io: Io,
  reason: string | undefined,
  flags: GameDayActFlags,
  outside: Outside,
): Promise<number> {
  const command = { do: 'halt', ...(reason === undefined ? {} : { reason }) } as const;
  try {
    return await gameDayActCommand(io, { command }, flags, outside);
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    const { code, message, hint, problems } = thrown;
    const env = flags.env ?? '<environment>';
    const otherwise = `steadfast halt --all --env ${env} ends everything in AWS without the game day`;
    throw new SteadfastError(code, message, {
      hint: hint === undefined ? otherwise : `${hint}; ${otherwise}`,
      problems,
      cause: thrown,
    });
  }
}

function wordsOf(command: Command): string {
  switch (command.do) {
    case 'check':
      return command.done ? `${command.item} is seen to` : `${command.item} is open again`;
    case 'propose':
      return command.proposal.what === 'stage'
        ? `stage ${command.proposal.stage} is proposed`
        : `${command.proposal.what === 'go' ? 'go' : 'more time'} is proposed`;
    case 'note':
      return 'it is written down';
    case 'observe':
      return `${command.prediction} of stage ${command.stage} is ${command.outcome}`;
    case 'pause':
      return 'paused';
    case 'resume':
      return 'resumed';
    case 'halt':
      return 'everything was halted';
    case 'finish':
      return 'finished';
    case 'approve':
      return 'approved';
    case 'refuse':
      return 'refused';
  }
}
