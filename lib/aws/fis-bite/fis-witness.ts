import type { ExperimentAction } from '@aws-sdk/client-fis';
import type { Target } from '../../run/ports.ts';
import type { Sight } from './sight.ts';

export type NamedAction = readonly [name: string, action: ExperimentAction];

const told = (actions: readonly NamedAction[]) =>
  actions.map(([name, action]) => `${name} ${action.state?.status ?? 'without a status'}`).join(', ');

/** Whether an action has done its work, as far as FIS's status says; undefined where it does not say. */
function acted({ state, startTime }: ExperimentAction): boolean | undefined {
  const status: string | undefined = state?.status;
  switch (status) {
    case 'completed':
      return true;
    case 'stopping':
    case 'stopped':
      // Stopped early it has acted all the same, if it had begun.
      return startTime === undefined ? undefined : true;
    case 'failed':
    case 'cancelled':
    case 'skipped':
      return false;
    default:
      return undefined;
  }
}

/** What FIS itself witnesses of one fault; `hit` is undefined for an action that hits nothing of its own. */
export function witnessOfFis(actions: readonly NamedAction[], hit: readonly Target[] | undefined): Sight {
  const say = (bit: boolean | undefined, phrase: string): Sight => ({ bit, evidence: `FIS: ${phrase}` });
  if (actions.length === 0) return say(undefined, 'the experiment lists no action of this fault');
  if (hit?.length === 0) return say(false, `no target was resolved (${told(actions)})`);
  const results = actions.map(([, action]) => acted(action));
  const phrase =
    hit === undefined
      ? told(actions)
      : `${told(actions)} on ${hit.length} ${hit.length === 1 ? 'target' : 'targets'}`;
  if (results.includes(false)) return say(false, phrase);
  return say(results.every((result) => result === true) ? true : undefined, phrase);
}
