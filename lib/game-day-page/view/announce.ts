import type { GameDayPhase } from '../../game-day/state.ts';
import type { GameDayView } from '../../game-day/view.ts';

/** What those who do not see the page are told of a change. */
export interface Announcement {
  /** When there is a pause in what they hear. */
  readonly politely?: string;
  /** At once. */
  readonly urgently?: string;
}

const begun: Readonly<Record<GameDayPhase, string>> = {
  'pre-brief': 'The pre-brief has begun.',
  experiment: 'The experiment has begun.',
  retrospective: 'The retrospective has begun.',
  closed: 'The game day is closed.',
};

/** What changed between two views that somebody should hear of: phases, halts, and what goes on now. Times that run do not. */
export function announcementOf(before: GameDayView, after: GameDayView): Announcement {
  const urgently =
    after.halted !== undefined && before.halted !== after.halted ? `Halted. ${after.halted}` : undefined;
  const parts = [
    before.phase !== after.phase && begun[after.phase],
    before.isPaused !== after.isPaused && (after.isPaused ? 'Paused.' : 'Resumed.'),
    before.pending?.hash !== after.pending?.hash &&
      after.pending?.hash !== undefined &&
      `Waits for approval: ${after.pending.title}.`,
    before.now !== after.now && after.now,
  ].filter((part) => part !== false);
  return {
    ...(parts.length > 0 && { politely: parts.join(' ') }),
    ...(urgently !== undefined && { urgently }),
  };
}
