import { itemsOf, type Node, ownOf, textOf, under } from '../drafting/node.ts';
import { approximated, mapped, refuseAll, refused } from '../drafting/work.ts';
import type { Path } from '../field.ts';
import { substitute } from './substitute.ts';
import type { ToolkitWork } from './toolkit-work.ts';

/** An activity of the hypothesis, the method or the rollbacks, as far as all have the same. */
export interface Activity {
  readonly node: Node;
  /** The reference that led to it; what it is there for is spoken of here, and not where it is written. */
  readonly ref: Node | undefined;
  readonly name: string;
  readonly type: 'probe' | 'action' | undefined;
  readonly provider: Node | undefined;
  readonly providerType: string | undefined;
  /** In milliseconds. */
  readonly pauseBefore: number;
  readonly pauseAfter: number;
}

/** No experiment that people write has more of them in a list. */
const mostActivities = 100;

/** The activities of a list, each as it stands or as its `ref` names it. */
export function activitiesOf(work: ToolkitWork, list: Node | undefined): Activity[] {
  const items = itemsOf(list);
  for (const item of items.slice(mostActivities))
    refused(
      work,
      item,
      `no more than ${mostActivities} activities of a list are taken over: write several experiments`,
    );
  return items.slice(0, mostActivities).flatMap((item, index) => activityOf(work, item, index) ?? []);
}

/** An activity as it stands, or the one that its `ref` names; undefined where there is none, which has been said then. */
function activityOf(work: ToolkitWork, written: Node, index: number): Activity | undefined {
  const node = referred(work, written);
  if (node === undefined) return undefined;
  const type = under(node, 'type')?.value;
  const provider = under(node, 'provider');
  const providerType = textOf(under(provider, 'type'));
  const pauses = under(node, 'pauses');
  return {
    node,
    ref: under(written, 'ref'),
    name: textOf(under(node, 'name')) ?? `activity ${index + 1}`,
    type: type === 'probe' || type === 'action' ? type : undefined,
    provider,
    providerType:
      providerType === undefined
        ? undefined
        : ownOf({ http: 'http', process: 'process', python: 'python' }, providerType),
    pauseBefore: pauseOf(work, under(pauses, 'before')),
    pauseAfter: pauseOf(work, under(pauses, 'after')),
  };
}

/** The activity that a reference names, else what stands there itself. */
function referred(work: ToolkitWork, written: Node): Node | undefined {
  const ref = under(written, 'ref');
  if (ref === undefined) return written;
  const found = work.activities.get(String(ref.value));
  if (found === undefined) {
    refuseAll(
      work,
      written,
      'no activity of the method and no probe of the hypothesis has this name: Chaos Toolkit fails there',
    );
    return undefined;
  }
  mapped(work, ref, 'what the activity of this name has become');
  return found;
}

/**
 * The work on an activity. Of one that a reference leads to only that is kept which refuses it as a whole, and said of the reference:
 * the activity itself is spoken of where it is written.
 */
export function workOn(work: ToolkitWork, { node, ref }: Activity): ToolkitWork {
  if (ref === undefined) return work;
  const isWhole = (path: Path): boolean => JSON.stringify(path) === JSON.stringify(node.path);
  return {
    ...work,
    ledger: {
      mapped: () => undefined,
      approximated: () => undefined,
      refused: (path, why) => {
        if (isWhole(path)) refused(work, ref, why);
      },
    },
  };
}

/** Activities that references can name, by name: those of the method and the probes of the hypothesis. */
export function namedActivities(root: Node): ReadonlyMap<string, Node> {
  const all = [
    ...itemsOf(under(root, 'method')),
    ...itemsOf(under(under(root, 'steady-state-hypothesis'), 'probes')),
  ];
  const named = new Map<string, Node>();
  for (const node of all) {
    const name = textOf(under(node, 'name'));
    if (name !== undefined && !named.has(name)) named.set(name, node);
  }
  return named;
}

/** Seconds, or one placeholder for them, in milliseconds. */
function pauseOf(work: ToolkitWork, node: Node | undefined): number {
  const { value } = substitute(work, node?.value);
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value * 1_000 : 0;
}

/** Speaks of the fields that every activity has. @param at what it has become, such as `faults.slow` */
export function sayActivity(work: ToolkitWork, { node, provider }: Activity, at: string): void {
  mapped(work, under(node, 'name'), at);
  mapped(work, under(node, 'type'), at);
  mapped(work, under(provider, 'type'), at);
  approximated(
    work,
    under(node, 'background'),
    at,
    'nothing waits its turn here: the faults of a stage are in at once, and every probe looks all the time',
  );
  refused(
    work,
    under(node, 'timeout'),
    'Chaos Toolkit does not heed the time-out of an activity, but only that of its provider: write that one',
  );
  refused(
    work,
    under(node, 'dry'),
    'nothing is left out of a run: steadfast check and steadfast plan look without one',
  );
  refused(work, under(node, 'secrets'), 'Chaos Toolkit does not heed it there, but in the provider');
  refused(work, under(node, 'configuration'), 'Chaos Toolkit does not heed it there');
  sayControls(work, under(node, 'controls'));
}

/** Code that runs before and after: it is never run here. */
export function sayControls(work: ToolkitWork, node: Node | undefined): void {
  refused(
    work,
    node,
    'code of controls is not run: guards end a fault when an alarm fires, `notify` of an environment tells of verdicts, and every run is kept as a journal',
  );
}

/** Speaks of pauses that have no place of their own. */
export function sayPauses(work: ToolkitWork, { node }: Activity, why: string): void {
  refused(work, under(node, 'pauses'), why);
}
