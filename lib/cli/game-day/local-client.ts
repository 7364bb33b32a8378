import { readdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { RoleName } from '../../experiment/role-names.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { reduce } from '../../game-day/reduce.ts';
import type { GameDayView } from '../../game-day/view.ts';
import { viewOf } from '../../game-day/view-of.ts';
import { readView } from '../../game-day/view-schema.ts';
import { actedSchema, controlPaths } from '../../rehearsal/game-day/control/messages.ts';
import { gameDayFolders } from '../../rehearsal/game-day/files.ts';
import type { GameDayClient } from './client.ts';
import { askControl, type LocalEdition, readLocalEdition } from './local-edition.ts';
import type { EditionSummary, GameDayPlace } from './place.ts';

/** Who looks without saying in which role sees what whoever watches sees: every role sees the same but for what it may do. */
const roleOfWhoLooks: RoleName = 'observer';

/**
 * The game days that are rehearsed on this machine, or were: in a project's folder.
 *
 * @param name who somebody says they are; how the system knows them where absent
 */
export function openLocalGameDays(options: {
  readonly root: string;
  readonly name?: string | undefined;
  readonly clock: { now(): number };
}): GameDayPlace {
  const { root, clock, name = userInfo().username } = options;
  const client = (edition: string, role: RoleName | undefined): GameDayClient => ({
    edition,
    view: async () => {
      const found = await readLocalEdition(root, edition);
      const { control } = found;
      const asked = role ?? roleOfWhoLooks;
      if (control === undefined) return viewOfPast(found, asked, clock.now());
      const view = readView(await askControl(control, `${controlPaths.view}${asked}`));
      if (view === undefined)
        throw new SteadfastError('invalid', 'the rehearsal shows what this version does not understand', {
          hint: 'use the version of steadfast that rehearses it',
        });
      return view;
    },
    act: async (command) => {
      // Nobody who wants to halt is asked anything first.
      const acting = role ?? (command.do === 'halt' ? roleOfWhoLooks : undefined);
      if (acting === undefined)
        throw new SteadfastError('usage', 'say in which role you act', {
          hint: '--role operator, observer, onCall or scribe; --as NAME says who you are',
        });
      const { control } = await readLocalEdition(root, edition);
      if (control === undefined) throw hasEnded(edition);
      const { refused } = actedSchema.parse(
        await askControl(control, controlPaths.act, { role: acting, name, command }),
      );
      if (refused !== undefined) throw new SteadfastError('invalid', refused);
    },
    record: async () => (await readLocalEdition(root, edition)).record,
  });
  return {
    name: 'rehearsals on this machine',
    flags: '',
    editions: () => summaries(root),
    open: client,
  };
}

const hasEnded = (edition: string): SteadfastError =>
  new SteadfastError('invalid', `the rehearsal of ${edition} has ended: nothing can be done in it any more`, {
    hint: 'steadfast gameday rehearse <id> begins another edition',
  });

/** Those that begun, the oldest first. What cannot be read is told to whoever names it. */
async function summaries(root: string): Promise<readonly EditionSummary[]> {
  const names = await readdir(gameDayFolders(root)).catch(() => []);
  const found = await Promise.all(names.map((name) => readLocalEdition(root, name).catch(() => undefined)));
  return found
    .flatMap((one) => (one === undefined ? [] : summaryOf(one)))
    .toSorted((a, b) => a.beganAt.localeCompare(b.beganAt));
}

function summaryOf({ edition, record, control }: LocalEdition): readonly EditionSummary[] {
  const { input, entries } = record;
  const [first] = entries;
  if (first === undefined) return [];
  const closed = entries.find(({ kind }) => kind === 'closed');
  // One whose command died was closed by nobody, and goes on no more.
  const closedAt = closed?.at ?? (control === undefined ? entries.at(-1)?.writtenAt : undefined);
  const summary = { edition, gameDay: input.id, title: input.title, beganAt: first.at };
  return [closedAt === undefined ? summary : { ...summary, closedAt }];
}

/** An edition that goes on no more, as its log tells it: nothing is offered, and where it was never closed that is said. */
function viewOfPast({ edition, record, torn }: LocalEdition, role: RoleName, nowMs: number): GameDayView {
  const { input, entries } = record;
  const state = reduce(input, entries);
  const view = viewOf({ edition, input, state, entries, role, nowMs, aggregates: [] });
  const died =
    'Its rehearsal died before it was closed, and its lab and every fault with it: nothing of it goes on.';
  const sentences = [
    state.phase === 'closed' ? view.now : died,
    ...(torn === undefined ? [] : [`${torn.charAt(0).toUpperCase()}${torn.slice(1)}.`]),
  ];
  return { ...view, now: sentences.join(' '), offers: [] };
}
