import type { PlanService } from '../../../plan/plan-target.ts';
import { servicesOf } from '../../drafting/ground.ts';
import { type Found, serviceOfTarget, usersOf } from '../../drafting/place.ts';
import { decide, note } from '../../drafting/work.ts';
import type { Call } from '../call.ts';
import { durationText } from '../seconds.ts';
import type { ToolkitWork } from '../toolkit-work.ts';

/** A link of where it runs: from the service whose traffic is hit to the one that it goes to. */
export interface Link {
  readonly from: string;
  readonly to?: string;
  readonly found: Found;
  /** Whether the source itself says that pods of EKS are hit. */
  readonly isOfPods?: true;
}

/** The link that a target such as `postgres` stands for; undefined where nothing is known by that name. */
export function linkTo(call: Call, target: string): Link | undefined {
  const { work } = call;
  const found = serviceOfTarget(work, target);
  if (found === undefined) return undefined;
  const users = usersOf(work, found.service);
  const [from] = users;
  if (from === undefined) {
    note(
      work,
      `'${target}' is the service '${found.service}' here, that no other uses: what it sends itself is hit`,
    );
    return { from: found.service, found };
  }
  note(work, `'${target}' is the link from '${from}' to '${found.service}' here${words[found.by]}`);
  if (users.length > 1) {
    decide(
      work,
      ['faults', call.name, 'selector', 'service'],
      `which of ${users.join(', ')} the fault is for: all of them use '${found.service}'`,
    );
  }
  return { from, to: found.service, found };
}

const words: Readonly<Record<Found['by'], string>> = {
  map: ', as --map says',
  name: ', by its name',
  kind: ', which is of that kind',
  path: '',
  guessed: '',
};

/** What a fault on the network is written with: tasks of ECS, or pods of EKS where the environment has those alone. */
export function networkAction(
  work: ToolkitWork,
  { from, isOfPods }: Link,
  fault: 'latency' | 'packet-loss' | 'blackhole-port',
): string {
  const known = servicesOf(work.ground).get(from) ?? [];
  const areHit = isOfPods === true || known.some(hasPodsAlone);
  return `${areHit ? 'aws:eks:pod' : 'aws:ecs:task'}-network-${fault}`;
}

const hasPodsAlone = ({ declaredTypes }: PlanService): boolean =>
  declaredTypes.includes('aws:eks:pod') && !declaredTypes.includes('aws:ecs:task');

interface Delay {
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly flows?: `${number}%`;
}

/** A fault that delays what goes over a link; undefined where it would delay by nothing, or longer than anything lasts. */
export function latencyFault(work: ToolkitWork, link: Link, { delayMs, jitterMs, flows }: Delay) {
  const { from, to } = link;
  const delay = durationText(Math.round(delayMs));
  const jitter = durationText(Math.round(jitterMs));
  if (delay === undefined || jitter === undefined || Math.round(delayMs) <= 0) return undefined;
  return {
    action: networkAction(work, link, 'latency'),
    selector: { service: from },
    parameters: {
      delay,
      jitter,
      ...(to === undefined ? {} : { to: [to] }),
      ...(flows === undefined ? {} : { flows }),
    },
  };
}

/** A fault that loses a share of what goes over a link. */
export const lossFault = (work: ToolkitWork, link: Link, percent: number) => ({
  action: networkAction(work, link, 'packet-loss'),
  selector: { service: link.from },
  parameters: { loss: `${Math.round(percent)}%`, ...(link.to === undefined ? {} : { to: [link.to] }) },
});
