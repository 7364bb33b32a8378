import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { GameDayView } from '../../game-day/view.ts';
import { confirmed } from '../aws/asking-person.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type GameDayFlags, openGameDay } from '../game-day/open-game-day.ts';
import { pendingLines } from '../game-day/view-lines.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface GameDayAnswerFlags extends GameDayFlags {
  /** The hash of what was looked at before. */
  readonly hash?: string | undefined;
  readonly note?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Shows what waits, and approves or refuses exactly that. Where something else waits by the time the answer comes, it is refused.
 *
 * @throws SteadfastError `invalid` where nothing waits, or what waits is not what the hash is of
 */
export async function gameDayAnswerCommand(
  io: Io,
  answer: 'approve' | 'refuse',
  flags: GameDayAnswerFlags,
  outside: Outside,
): Promise<number> {
  if (answer === 'approve' && flags.yes === true && flags.hash === undefined)
    throw new SteadfastError('usage', '--yes alone would approve what nobody has looked at', {
      hint: '--hash, as steadfast gameday status shows it; or leave --yes away, and be asked',
    });
  const { client, place } = await openGameDay(io, flags, outside);
  const view = await client.view();
  const { pending } = view;
  if (pending === undefined)
    throw new SteadfastError('invalid', `nothing waits for an answer: ${view.now}`, {
      hint: `steadfast gameday status ${client.edition}${place.flags} shows all of it`,
    });
  for (const line of pendingLines(view, Math.max(40, io.stdoutColumns ?? 100))) printLine(io.stderr, line);
  const hash = hashIn(pending, answer);
  if (flags.hash !== undefined && flags.hash !== hash)
    throw new SteadfastError('invalid', `what waits now has the hash ${hash}, and not ${flags.hash}`, {
      hint: 'look at it again, then decide',
    });
  await confirmed({
    ask: outside.ask,
    yes: flags.yes,
    what: answer === 'approve' ? 'Exactly this will be done.' : 'It will not be done.',
    words: 'yes',
    otherwise: 'nothing was answered',
  });
  const proposal = pending.id;
  const { note } = flags;
  await client.act({ do: answer, proposal, hash, ...(note === undefined ? {} : { note }) });
  const words = answer === 'approve' ? 'Approved' : 'Refused';
  if (flags.json === true) printJson(io, { edition: client.edition, answer, proposal, hash });
  else {
    printLine(io.stdout, `${words}: ${pending.title}`);
    printLine(io.stdout, `Next:   npx steadfast gameday status ${client.edition}${place.flags}`);
  }
  return exitCode.fine;
}

/** A run that is still being admitted can be refused already; what it would do is not known yet. */
function hashIn({ hash, title }: NonNullable<GameDayView['pending']>, answer: 'approve' | 'refuse'): string {
  if (hash !== undefined) return hash;
  if (answer === 'refuse') return '';
  throw new SteadfastError(
    'invalid',
    `the run for ${title} is being admitted: there is nothing to approve yet`,
    {
      hint: 'look again in a moment',
    },
  );
}
