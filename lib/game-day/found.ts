import type { Entry } from './entry.ts';
import type { GameDayInput } from './input.ts';
import type { RunOfStage } from './ports.ts';
import type { GameDayState } from './state.ts';

/** An edition as a step of the machine finds it. */
export interface Found {
  readonly edition: string;
  readonly input: GameDayInput;
  readonly state: GameDayState;
  readonly entries: readonly Entry[];
  readonly nowMs: number;
  /** The run of the stage that waits, where one was started. */
  readonly run?: RunOfStage;
  /**
   * `watch`: its launcher is waited for elsewhere. `settle`: the launcher has come back just now. `later`: it came back before. Else this
   * execution has not started it yet.
   */
  readonly launcher?: 'watch' | 'settle' | 'later';
}

/** Whether a run may be started now: go holds, and nobody has paused or halted it. */
export const mayLaunch = (found: Pick<Found, 'nowMs' | 'state'>): boolean =>
  whyNever(found) === undefined && found.state.pausedBy === undefined;

/** Why no run may begin or go on, however long it is waited; undefined where one may. */
export function whyNever({ state, nowMs }: Pick<Found, 'nowMs' | 'state'>): string | undefined {
  if (state.halted !== undefined) return `the game day was halted: ${state.halted.reason}`;
  if (state.phase !== 'experiment' || !state.isGo) return 'the experiment of the game day is over';
  return nowMs >= state.endsAtMs ? 'the time of the game day is up' : undefined;
}

/** Why a run that is under way must end; undefined where it may go on. */
export const whyEnd = (found: Found): string | undefined =>
  found.state.pending?.runId !== undefined && isUnderWay(found.run) ? whyNever(found) : undefined;

const isUnderWay = (run: RunOfStage | undefined): boolean =>
  run?.state === 'under way' || run?.state === 'waiting';
