import { faultSchema } from '../../experiment/fault.ts';
import { nameLike } from '../drafting/names.ts';
import { itemsOf, type Node, under } from '../drafting/node.ts';
import { approximated, decide, note, refuseAll, refused } from '../drafting/work.ts';
import { type Activity, activitiesOf, sayActivity, sayPauses, workOn } from './activity.ts';
import { callOf, sayProvider } from './call.ts';
import type { Made, Share } from './drivers/driver.ts';
import { made } from './drivers/drivers.ts';
import { toxiproxyRequest } from './drivers/toxiproxy-api.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** What is read of the method. */
export interface Method {
  readonly faults: Record<string, unknown>;
  /** What of the faults an action can undo. */
  readonly families: ReadonlySet<string>;
  readonly share: Share;
  /** How long the faults last; undefined where the source does not pause after them. */
  readonly durationMs: number | undefined;
  /** How long it waits before the first fault. */
  readonly waitMs: number;
}

/** What is gathered while the activities are read in their order. */
interface Reading {
  readonly faults: Record<string, unknown>;
  readonly families: Set<string>;
  readonly shares: Set<Share>;
  phase: 'before' | 'during' | 'after';
  waitMs: number;
  durationMs: number;
}

/** The faults of the method, how much they hit and for how long. */
export function methodOf(work: ToolkitWork, root: Node): Method {
  const list = under(root, 'method');
  const reading: Reading = {
    faults: {},
    families: new Set(),
    shares: new Set(),
    phase: 'before',
    waitMs: 0,
    durationMs: 0,
  };
  if (itemsOf(list).length === 0) refused(work, list, 'there is no activity in it: write `faults`');
  for (const activity of activitiesOf(work, list)) readActivity(workOn(work, activity), activity, reading);
  if (Object.keys(reading.faults).length > 1) {
    note(work, 'the actions of the method follow one another; here all faults of a stage are in at once');
    decide(
      work,
      ['faults'],
      'whether its faults are meant to be in at once: write an experiment for each where they are not',
    );
  }
  const { faults, families, durationMs, waitMs } = reading;
  return {
    faults,
    families,
    share: shareOf(work, [...reading.shares]),
    durationMs: durationMs === 0 ? undefined : durationMs,
    waitMs,
  };
}

function readActivity(work: ToolkitWork, activity: Activity, reading: Reading): void {
  const before = under(under(activity.node, 'pauses'), 'before');
  const after = under(under(activity.node, 'pauses'), 'after');
  addPause(work, before, activity.pauseBefore, reading);
  if (activity.type === 'probe') refuseProbe(work, activity);
  else readAction(work, activity, reading);
  addPause(work, after, activity.pauseAfter, reading);
  sayPauses(work, activity, 'it is no number of seconds to pause before or after');
}

/** A pause lasts into the time before the faults, or into the time that they are in. */
function addPause(work: ToolkitWork, node: Node | undefined, ms: number, reading: Reading): undefined {
  if (node === undefined) return undefined;
  if (ms === 0) return refused(work, node, 'it is no pause in seconds');
  switch (reading.phase) {
    case 'before':
      reading.waitMs += ms;
      return approximated(work, node, 'baseline', 'the probes look meanwhile');
    case 'during':
      reading.durationMs += ms;
      return approximated(
        work,
        node,
        'stages[0].duration',
        'the faults last as long as it is paused while they are in',
      );
    case 'after':
      return refused(
        work,
        node,
        'after a fault the probes look until steady state is back: `recovery.objective` says how soon',
      );
  }
}

/** Chaos Toolkit records what a probe of the method sees, and judges nothing by it. */
function refuseProbe(work: ToolkitWork, { node, ref }: Activity): void {
  const why =
    under(node, 'tolerance') === undefined
      ? 'a probe of the method is only recorded: the probes of `steadyState` are, all the time'
      : 'Chaos Toolkit does not heed the tolerance of a probe of the method; where it is meant, move the probe into the hypothesis';
  refused(work, node, why);
  if (under(node, 'tolerance') !== undefined && ref === undefined)
    note(work, 'a tolerance in the method judges nothing in Chaos Toolkit, and is not taken over');
}

function readAction(work: ToolkitWork, activity: Activity, reading: Reading): undefined {
  const { node } = activity;
  const name = nameLike(activity.name, 'fault', Object.keys(reading.faults));
  const result = actionMade(work, activity, name);
  if (result.kind === 'refused') return refuseAll(work, node, result.why);
  if (result.kind === 'needless') return sayAction(work, activity, name, result.why);
  if (result.kind === 'undo') {
    if (!reading.families.has(result.family)) return refuseAll(work, node, nothingToUndo);
    reading.phase = 'after';
    return sayAction(work, activity, name, 'the end of each stage, when the fault is taken away');
  }
  if (!faultSchema.safeParse(result.fault).success)
    return refuseAll(work, node, 'what would come of it is no valid fault: write it by hand under `faults`');
  if (reading.phase === 'after')
    decide(
      work,
      ['faults', name],
      'it came once other faults were gone: write an experiment of its own for it',
    );
  reading.faults[name] = result.fault;
  reading.families.add(result.family);
  reading.shares.add(result.share ?? '100%');
  reading.phase = 'during';
  return sayAction(work, activity, name, `faults.${name}`);
}

export const nothingToUndo = 'nothing that it undoes is left of the source: faults end with their stage';

/** What an action becomes. Programs are never run, and hosts of the source never asked. */
export function actionMade(work: ToolkitWork, activity: Activity, name: string): Made {
  switch (activity.providerType) {
    case 'python': {
      const call = callOf(work, activity, name);
      return call === undefined
        ? { kind: 'refused', why: 'it names no module and func: write the fault under `faults`' }
        : made(call);
    }
    case 'process':
      return {
        kind: 'refused',
        why: 'programs of the source are never run: write the fault that it makes under `faults`, such as aws:ecs:task-network-latency in place of tc, or aws:ecs:task-kill-process in place of kill',
      };
    case 'http':
      return (
        toxiproxyRequest(work, activity, name) ?? {
          kind: 'refused',
          why: 'hosts of the source are never asked: write the fault that the request makes under `faults`',
        }
      );
    default:
      return { kind: 'refused', why: 'it has no provider that Chaos Toolkit knows: http, process or python' };
  }
}

/** Speaks of an action, of which `to` is what it has become. */
export function sayAction(work: ToolkitWork, activity: Activity, name: string, to: string): undefined {
  sayActivity(work, activity, to);
  refused(work, under(activity.node, 'tolerance'), 'an action has no tolerance');
  const call = callOf(work, activity, name);
  if (call !== undefined) sayProvider(call, to);
  return undefined;
}

const rank = (share: Share): number => (share === 'one' ? 0 : Number.parseFloat(share));

/** The least of the shares: what hits less is safer, and a person can raise it. */
function shareOf(work: ToolkitWork, shares: readonly Share[]): Share {
  const [least = '100%', ...more] = shares.toSorted((a, b) => rank(a) - rank(b));
  if (more.length > 0)
    decide(
      work,
      ['stages', 0, 'share'],
      'how much the faults hit: the actions of the source hit different shares, and the least is taken',
    );
  return least;
}
