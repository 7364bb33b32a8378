import type { GameDay } from '../experiment/game-day.ts';
import { type OpenAction, openActionLine } from './retro/open-actions.ts';

/** What every game day sees to before go or no-go is asked, and what this one adds, by name; one of its own takes the place of ours. */
export const preBriefOf = (
  gameDay: GameDay,
  openActions: readonly OpenAction[] = [],
): Record<string, string> => ({
  hypothesis: `The hypothesis was read aloud: ${gameDay.hypothesis}`,
  roles: 'Every role is filled, and everybody knows who has which.',
  blastRadius: `The blast radius is agreed: ${gameDay.blastRadius}`,
  killSwitch: 'Everybody knows the kill switch: each role may halt everything, at any time, without asking.',
  dashboards: 'The dashboards are open, and everybody sees the same numbers.',
  ...(openActions.length === 0 ? {} : { openActions: openActionsText(openActions) }),
  ...gameDay.preBrief,
});

/** So many are read aloud; the retrospectives have all. */
const mostRead = 10;

function openActionsText(all: readonly OpenAction[]): string {
  const more = all.length - mostRead;
  return [
    `What is still open of former editions was gone through (${all.length}): `,
    all.slice(0, mostRead).map(openActionLine).join('; '),
    more > 0 ? `; and ${more} more in retrospectives/` : '',
  ].join('');
}
