import type { ECSClient } from '@aws-sdk/client-ecs';
import type { Experiment, ExperimentAction } from '@aws-sdk/client-fis';
import { findAction } from '../fis/catalogue.ts';
import { stopTask } from '../fis/ecs.ts';
import type { BiteEvidence, Target } from '../run/ports.ts';
import { describeTasks, isEnding } from './ecs-tasks.ts';

type NamedAction = readonly [name: string, action: ExperimentAction];

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
function witnessOfFis(
  fault: string,
  actions: readonly NamedAction[],
  hit: readonly Target[] | undefined,
): BiteEvidence {
  const say = (bit: boolean | undefined, words: string): BiteEvidence => ({
    fault,
    bit,
    evidence: `FIS: ${words}`,
  });
  if (actions.length === 0) return say(undefined, 'the experiment lists no action of this fault');
  if (hit?.length === 0) return say(false, `no target was resolved (${told(actions)})`);
  const results = actions.map(([, action]) => acted(action));
  const words =
    hit === undefined
      ? told(actions)
      : `${told(actions)} on ${hit.length} ${hit.length === 1 ? 'target' : 'targets'}`;
  if (results.includes(false)) return say(false, words);
  return say(results.every((result) => result === true) ? true : undefined, words);
}

/** What ECS witnesses of tasks that were to be stopped. */
async function witnessOfEcs(fault: string, hit: readonly Target[], ecs: ECSClient): Promise<BiteEvidence> {
  const tasks = await describeTasks(
    ecs,
    hit.map(({ id }) => id),
  );
  const alive = hit.filter(({ id }) => !isEnding(tasks.get(id)));
  const evidence =
    alive.length === 0
      ? `ECS: ${hit.length === 1 ? 'the target has' : `all ${hit.length} targets have`} stopped or ${hit.length === 1 ? 'is' : 'are'} stopping`
      : `ECS: ${alive.length} of ${hit.length} targets still run (${alive[0]?.id ?? ''})`;
  return { fault, bit: alive.length === 0, evidence };
}

/**
 * What shows that each fault reached its targets, asked after the experiment has ended. FIS witnesses for its own actions;
 * for stopped tasks ECS is asked too, and its word counts.
 */
export async function biteEvidence(options: {
  readonly faults: readonly { readonly name: string; readonly action: string }[];
  readonly experiment: Experiment;
  readonly targets: readonly Target[];
  readonly ecs: ECSClient;
}): Promise<BiteEvidence[]> {
  const { faults, experiment, targets, ecs } = options;
  return Promise.all(
    faults.map(async ({ name, action }) => {
      const hit = targets.filter(({ fault }) => fault === name);
      const known = findAction(action);
      if (known !== undefined && known.target === undefined) {
        // Without a target it is known by its own name, which the plan gives it after the fault.
        const own = Object.entries(experiment.actions ?? {}).filter(([of]) => of === name);
        return witnessOfFis(name, own, undefined);
      }
      const actions = Object.entries(experiment.actions ?? {}).filter(([, { targets: of }]) =>
        Object.values(of ?? {}).includes(name),
      );
      const fis = witnessOfFis(name, actions, hit);
      if (action !== stopTask.id || hit.length === 0 || fis.bit === false) return fis;
      const ecsSays = await witnessOfEcs(name, hit, ecs);
      return { ...ecsSays, evidence: `${ecsSays.evidence}; ${fis.evidence}` };
    }),
  );
}
