import type { RoleName } from '../../experiment/role-names.ts';
import type { GameDayPhase, StageStatus } from '../../game-day/state.ts';
import type { AlertStatus } from '../../game-day/view.ts';

export const roleWords: Readonly<Record<RoleName, string>> = {
  operator: 'operator',
  observer: 'observer',
  onCall: 'on call',
  scribe: 'scribe',
};

export const phaseWords: Readonly<Record<GameDayPhase, string>> = {
  'pre-brief': 'Pre-brief',
  experiment: 'Experiment',
  retrospective: 'Retrospective',
  closed: 'Closed',
};

export const stageWords: Readonly<Record<StageStatus, string>> = {
  later: 'Later',
  offered: 'May be proposed',
  asking: 'Asks for approval',
  running: 'Runs',
  held: 'Held',
  failed: 'Did not hold',
};

/** The sign says it too: nobody needs to tell colours apart. */
export const stageSigns: Readonly<Record<StageStatus, string>> = {
  later: '○',
  offered: '▷',
  asking: '?',
  running: '▶',
  held: '✓',
  failed: '✗',
};

export const alertTones: Readonly<Record<AlertStatus, 'good' | 'bad' | 'plain'>> = {
  awaited: 'plain',
  'as expected': 'good',
  late: 'bad',
  missing: 'bad',
  unknown: 'plain',
  unexpected: 'bad',
};

/** Either of them may approve: `observer or on call`. */
export const anyOf = (roles: readonly RoleName[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(roles.map((role) => roleWords[role]));
