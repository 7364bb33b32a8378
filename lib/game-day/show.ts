import type { RoleName } from '../experiment/role-names.ts';
import type { Person } from './actor.ts';
import { attemptsOf } from './attempts.ts';
import type { GameDayPorts } from './ports.ts';
import { reduce } from './reduce.ts';
import type { Aggregate, GameDayView } from './view.ts';
import { viewOf } from './view-of.ts';

/** What the probes of a run have seen so far. */
export type FiguresOf = (runId: string) => Promise<readonly Aggregate[]>;

/** An edition as somebody in a role sees it now, read anew; without figures where nobody asks for them. */
export async function showEdition(
  { clock, inputs, log }: Pick<GameDayPorts, 'clock' | 'inputs' | 'log'>,
  options: {
    readonly edition: string;
    readonly role: RoleName;
    readonly person?: Person | undefined;
    readonly figuresOf?: FiguresOf | undefined;
  },
): Promise<GameDayView> {
  const { edition, role, person, figuresOf } = options;
  const [input, entries] = await Promise.all([inputs.load(edition), log.read(edition)]);
  const newest = attemptsOf(entries).at(-1);
  // A figure that cannot be read keeps nobody from seeing the rest, nor from the button that halts.
  const aggregates =
    newest === undefined || figuresOf === undefined ? [] : await figuresOf(newest.runId).catch(() => []);
  const state = reduce(input, entries);
  return viewOf({ edition, input, state, entries, role, person, nowMs: clock.now(), aggregates });
}
