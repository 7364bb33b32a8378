import type { ReadRetro } from './read-retro.ts';
import type { RetroAction } from './retro.ts';

/** An action that is still to be done, and the edition whose retrospective says so. */
export interface OpenAction {
  readonly edition: string;
  readonly action: RetroAction;
}

type Kept = Pick<ReadRetro, 'edition' | 'gameDay' | 'beganAt' | 'actions'>;

/**
 * What is still open of a game day. Of an action that several retrospectives name the newest one decides; one that the newest leaves out
 * stays open, so that nothing is lost by not being written again.
 */
export function openActionsOf(retros: readonly Kept[], gameDay: string): readonly OpenAction[] {
  const last = new Map<string, OpenAction>();
  for (const { edition, actions } of retros.filter((one) => one.gameDay === gameDay).toSorted(byTime))
    for (const action of actions) last.set(action.id, { edition, action });
  return [...last.values()].filter(({ action }) => action.state === 'open');
}

const byTime = (a: Kept, b: Kept): number =>
  Date.parse(a.beganAt) - Date.parse(b.beganAt) || a.edition.localeCompare(b.edition);

/** An open action in a line of people's text. */
export const openActionLine = ({ edition, action }: OpenAction): string => {
  const who = action.owner === '' ? 'nobody' : action.owner;
  return `${action.what} (${action.id}, ${who}, due ${action.due === '' ? 'at no date' : action.due}; since ${edition})`;
};
