import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { GameDayView } from '../../game-day/view.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import {
  type GameDayFlags,
  isOpen,
  type OpenGameDay,
  openGameDay,
  openPlace,
} from '../game-day/open-game-day.ts';
import type { EditionSummary, GameDayPlace } from '../game-day/place.ts';
import { viewLines } from '../game-day/view-lines.ts';
import { reasonOfSignal } from '../interruption.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface GameDayStatusFlags extends GameDayFlags {
  readonly follow?: boolean | undefined;
  readonly all?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** People wait for each other: a few seconds are soon enough, and each look is a call. */
const lookEveryMs = 5_000;

/** So many editions that are over are told of. */
const editionsTold = 5;

/** Shows an edition as whoever asks sees it; where none is open, which there were. */
export async function gameDayStatusCommand(
  io: Io,
  flags: GameDayStatusFlags,
  outside: Outside,
): Promise<number> {
  const { json, follow, all } = flags;
  if (flags.edition === undefined && follow !== true) {
    const place = await openPlace(io, flags, outside);
    const editions = await place.editions();
    if (!editions.some(isOpen)) return tellNoneOpen(io, place, editions, json);
  }
  const opened = await openGameDay(io, flags, outside);
  if (follow === true) return followEdition(io, opened, flags, outside);
  const view = await opened.client.view();
  if (json === true) printJson(io, view);
  else for (const line of viewLines(view, { columns: columnsOf(io), all })) printLine(io.stdout, line);
  return exitCode.fine;
}

const columnsOf = ({ stdoutColumns = 100 }: Io): number => Math.max(40, stdoutColumns);

function tellNoneOpen(
  io: Io,
  { name, flags }: GameDayPlace,
  editions: readonly EditionSummary[],
  json: boolean | undefined,
): number {
  if (json === true) printJson(io, { open: [], editions });
  else {
    printLine(io.stdout, `No game day is open in ${name}.`);
    for (const { edition, title } of editions.slice(-editionsTold).toReversed())
      printLine(io.stdout, `  ${edition}  ${title}`);
    if (editions.length > 0)
      printLine(io.stdout, `One of them is shown with: npx steadfast gameday status <edition>${flags}`);
  }
  return exitCode.fine;
}

/** Shows it whole, then tells what is new until it is closed. Whoever leaves changes nothing, and a lost connection is waited for. */
async function followEdition(
  io: Io,
  { client, place }: OpenGameDay,
  { json, all }: GameDayStatusFlags,
  { clock, onSignal }: Outside,
): Promise<number> {
  const left = new AbortController();
  const giveBack = onSignal((name) => left.abort(name));
  const tell = createTelling(io, { json, all });
  let isAway = false;
  try {
    while (!left.signal.aborted) {
      try {
        const view = await client.view();
        if (isAway) printLine(io.stderr, 'Reached again.');
        isAway = false;
        tell(view);
        if (view.phase === 'closed') return exitCode.fine;
      } catch (thrown) {
        if (!(thrown instanceof SteadfastError) || thrown.code !== 'cannot-begin') throw thrown;
        if (!isAway)
          printLine(io.stderr, `${messageOf(thrown)}. What is shown may be old; it is tried again.`);
        isAway = true;
      }
      await clock.sleep(lookEveryMs, left.signal);
    }
    const name: NodeJS.Signals = left.signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
    printLine(
      io.stderr,
      `${reasonOfSignal(name)}: ${client.edition} goes on. Show it again: npx steadfast gameday status ${client.edition}${place.flags}`,
    );
    return exitCode.interrupted;
  } finally {
    giveBack();
  }
}

/** Tells a view whole at first, and whenever something else is decided; in between the new lines of its timeline. */
function createTelling(io: Io, { json, all }: Pick<GameDayStatusFlags, 'all' | 'json'>) {
  let before: GameDayView | undefined;
  return (view: GameDayView): void => {
    const known = new Set(before?.timeline.map(({ number }) => number));
    const added = view.timeline.filter(({ number }) => !known.has(number));
    const isSame = before !== undefined && added.length === 0;
    const isFirst = before === undefined;
    before = view;
    if (isSame) return;
    if (json === true) {
      io.stdout.write(`${JSON.stringify(view)}\n`);
      return;
    }
    if (isFirst)
      for (const line of viewLines(view, { columns: columnsOf(io), all })) printLine(io.stdout, line);
    else {
      const lines = viewLines({ ...view, timeline: added }, { columns: columnsOf(io), all: true });
      printLine(io.stdout, '');
      for (const line of lines) printLine(io.stdout, line);
    }
  };
}
