import { rollbackSchema } from '../../experiment/rollback.ts';
import { nameLike } from '../drafting/names.ts';
import { itemsOf, type Node, under } from '../drafting/node.ts';
import { approximated, decide, note, refuseAll, refused } from '../drafting/work.ts';
import { type Activity, activitiesOf, sayActivity, sayPauses, workOn } from './activity.ts';
import { toxiproxyRequest } from './drivers/toxiproxy-api.ts';
import type { Method } from './method.ts';
import { actionMade, nothingToUndo, sayAction } from './method.ts';
import { requestOf } from './request.ts';
import { durationText, msOfSeconds } from './seconds.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** The rollbacks by name; what only takes the faults away again is their own end here. */
export function rollbacksOf(
  work: ToolkitWork,
  root: Node,
  { families }: Method,
  probes: readonly string[],
): Record<string, unknown> {
  const list = under(root, 'rollbacks');
  const rollbacks: Record<string, unknown> = {};
  if (itemsOf(list).length === 0) refused(work, list, 'there is no activity in it');
  else
    note(
      work,
      'under its default strategy Chaos Toolkit leaves the rollbacks of a run out that failed or was interrupted; here a fault that was started is always stopped, and rollbacks run on every path',
    );
  for (const activity of activitiesOf(work, list)) {
    const here = workOn(work, activity);
    const name = nameLike(activity.name, 'rollback', Object.keys(rollbacks));
    const rollback = rollbackOf(here, activity, name, families, probes);
    if (rollback !== undefined) rollbacks[name] = rollback;
    sayPauses(
      here,
      activity,
      'nothing waits between rollbacks: they follow one another as soon as each is proven',
    );
  }
  return rollbacks;
}

function rollbackOf(
  work: ToolkitWork,
  activity: Activity,
  name: string,
  families: ReadonlySet<string>,
  probes: readonly string[],
): unknown {
  const { node, providerType } = activity;
  if (activity.type === 'probe') {
    refused(
      work,
      node,
      'after the faults all probes of `steadyState` look until it is back, so a probe among the rollbacks needs no place',
    );
    return undefined;
  }
  const asked = providerType === 'http' ? toxiproxyRequest(work, activity, name) : undefined;
  if (providerType === 'http' && asked === undefined) return httpRollback(work, activity, name, probes);
  const result = asked ?? actionMade(work, activity, name);
  switch (result.kind) {
    case 'undo':
      if (families.has(result.family))
        sayAction(work, activity, name, 'the end of each stage, when the fault is taken away');
      else refuseAll(work, node, nothingToUndo);
      return undefined;
    case 'needless':
      sayAction(work, activity, name, result.why);
      return undefined;
    case 'fault':
      refuseAll(work, node, 'it would put a fault in: a rollback only undoes');
      return undefined;
    case 'refused':
      refuseAll(
        work,
        node,
        providerType === 'process'
          ? 'programs of the source are never run: write a rollback of your own, `lambda`, `ssmAutomation`, `http`, or `command` in a lab'
          : result.why,
      );
      return undefined;
  }
}

function httpRollback(
  work: ToolkitWork,
  activity: Activity,
  name: string,
  probes: readonly string[],
): unknown {
  const { node, provider } = activity;
  const [provenBy] = probes;
  if (provider === undefined || provenBy === undefined) {
    refused(
      work,
      node,
      'there is no probe that could show that it worked: write it by hand under `rollbacks`',
    );
    return undefined;
  }
  const request = requestOf(work, provider, ['rollbacks', name, 'http']);
  if (request === undefined) {
    refused(work, node, 'what it asks cannot be asked here: write it by hand under `rollbacks`');
    return undefined;
  }
  const timeout = timeoutOf(work, under(provider, 'timeout'), name);
  const rollback = { http: request, ...(timeout === undefined ? {} : { timeout }), provenBy };
  if (!rollbackSchema.safeParse(rollback).success) {
    refuseAll(work, node, 'what would come of it is no valid rollback: write it by hand under `rollbacks`');
    return undefined;
  }
  sayActivity(work, activity, `rollbacks.${name}`);
  refused(
    work,
    under(provider, 'expected_status'),
    'a rollback counts once its probe has shown that it worked, whatever it answers',
  );
  refused(work, under(node, 'tolerance'), 'an action has no tolerance');
  decide(work, ['rollbacks', name, 'provenBy'], 'which probe shows that the rollback worked');
  return rollback;
}

function timeoutOf(work: ToolkitWork, node: Node | undefined, name: string): string | undefined {
  if (node === undefined) return undefined;
  const ms = msOfSeconds(node.value);
  const text = ms === undefined ? undefined : durationText(ms);
  if (text === undefined) {
    refused(work, node, 'it is no time-out in seconds');
    return undefined;
  }
  approximated(work, node, `rollbacks.${name}.timeout`, 'its proof is included');
  return text;
}
