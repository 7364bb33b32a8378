import type { GameDay } from '../experiment/game-day.ts';

/** What every game day sees to before go or no-go is asked, and what this one adds, by name; one of its own takes the place of ours. */
export const preBriefOf = (gameDay: GameDay): Record<string, string> => ({
  hypothesis: `The hypothesis was read aloud: ${gameDay.hypothesis}`,
  roles: 'Every role is filled, and everybody knows who has which.',
  blastRadius: `The blast radius is agreed: ${gameDay.blastRadius}`,
  killSwitch: 'Everybody knows the kill switch: each role may halt everything, at any time, without asking.',
  dashboards: 'The dashboards are open, and everybody sees the same numbers.',
  ...gameDay.preBrief,
});
