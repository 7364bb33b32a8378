import { createColors } from 'picocolors';
import type { KeptRetro } from '../../definitions/kept-retros.ts';
import type { Project } from '../../definitions/project.ts';
import { nextEditionBy } from '../../game-day/retro/next-edition.ts';
import { type OpenAction, openActionLine, openActionsOf } from '../../game-day/retro/open-actions.ts';

/** When a game day was last held, by the retrospectives that the project keeps, and what it left to do. */
export interface HeldGameDay {
  readonly gameDay: string;
  readonly cadence?: 'monthly' | 'quarterly';
  /** Absent where no retrospective is kept. */
  readonly last?: { readonly edition: string; readonly at: string; readonly ageDays: number };
  /** The day by which the next edition is due; absent without a cadence, or where none was held. */
  readonly nextBy?: string;
  /** That day is over or, with a cadence, none was ever held. */
  readonly isOverdue: boolean;
  readonly open: readonly OpenAction[];
  /** Files whose problems keep them from being counted as they should be. */
  readonly incomplete: readonly string[];
}

const dayMs = 86_400_000;

/** The game days of an environment, or else those that are rehearsed; open actions are of all editions, wherever they were held. */
export const heldGameDays = (
  { gameDays }: { readonly gameDays: readonly Pick<Project['gameDays'][number], 'id' | 'parsed'>[] },
  retros: readonly KeptRetro[],
  environment: string | undefined,
  nowMs: number,
): readonly HeldGameDay[] =>
  gameDays
    .filter(({ parsed }) =>
      environment === undefined ? parsed.lab !== undefined : parsed.environments?.[environment] !== undefined,
    )
    .map(({ id, parsed: { cadence } }) => {
      const own = retros.filter(({ gameDay }) => gameDay === id);
      const last = own
        .filter((one) =>
          environment === undefined ? one.isRehearsal : !one.isRehearsal && one.environment === environment,
        )
        .filter(({ beganAt }) => !Number.isNaN(Date.parse(beganAt)))
        .toSorted((a, b) => Date.parse(a.beganAt) - Date.parse(b.beganAt))
        .at(-1);
      const nextBy = last === undefined ? undefined : nextEditionBy(last.beganAt, cadence);
      const isOver = nextBy !== undefined && nowMs >= Date.parse(nextBy) + dayMs;
      return {
        gameDay: id,
        ...(cadence === undefined ? {} : { cadence }),
        ...(last === undefined
          ? {}
          : {
              last: {
                edition: last.edition,
                at: last.beganAt,
                ageDays: Math.max(0, Math.floor((nowMs - Date.parse(last.beganAt)) / dayMs)),
              },
            }),
        ...(nextBy === undefined ? {} : { nextBy }),
        isOverdue: cadence !== undefined && (last === undefined || isOver),
        open: openActionsOf(own, id),
        incomplete: own.filter(({ problems }) => problems.length > 0).map(({ file }) => file),
      };
    });

/** The same for a terminal. */
export function heldGameDayLines(all: readonly HeldGameDay[], colours: boolean): string[] {
  const paint = createColors(colours);
  return all.flatMap(({ gameDay, cadence, last, nextBy, isOverdue, open, incomplete }) => {
    const held =
      last === undefined
        ? 'no retrospective of it is kept'
        : `last held ${last.ageDays === 0 ? 'today' : `${last.ageDays} ${last.ageDays === 1 ? 'day' : 'days'} ago`} (${last.edition})`;
    const due = nextBy === undefined ? `to be held ${cadence}` : `${cadence}, next by ${nextBy}`;
    const when = cadence === undefined ? '' : isOverdue ? `, ${paint.red('overdue')}: ${due}` : `, ${due}`;
    return [
      `${paint.bold(`game day ${gameDay}`)}  ${held}${when}`,
      ...open.map((one) => `  ${paint.yellow('open')}: ${openActionLine(one)}`),
      ...incomplete.map(
        (file) => `  ${paint.yellow('incomplete')}: npx steadfast gameday retro check ${file}`,
      ),
      '',
    ];
  });
}
