import type { GameDayOfRun } from './game-day-of-run.ts';
import type { Only } from './only.ts';
import { onlyOf } from './only-stage.ts';
import type { RunnerInput } from './runner-input.ts';

/** What a run is a part of, and which part of its experiment it is, as its record keeps it. */
export function partsOf(input: Pick<RunnerInput, 'gameDay' | 'only'>): {
  readonly only?: Only;
  readonly gameDay?: GameDayOfRun;
} {
  const only = onlyOf(input);
  const { gameDay } = input;
  return {
    ...(only === undefined ? {} : { only }),
    ...(gameDay === undefined
      ? {}
      : { gameDay: { edition: gameDay.edition, stage: gameDay.stage, attempt: gameDay.attempt } }),
  };
}
