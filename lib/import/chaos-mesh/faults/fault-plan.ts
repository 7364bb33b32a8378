import { settleMs } from '../../../plan/stage-template.ts';
import type { ImportContext } from '../../contract.ts';
import { has, type Injection, pathOf, textsAt } from '../injection.ts';
import { type Length, lengthOf } from '../length.ts';
import { judgeNamespaces, type NamespaceMend } from '../namespaces.ts';
import { type Place, placeOf } from '../place.ts';
import { type Selection, selectionOf } from '../selection.ts';
import { type KnownAction, knownAction } from './action-facts.ts';
import type { Native, NotNative, Wish } from './native.ts';
import { networkAction } from './network.ts';
import { type Peers, peersOf } from './peers.ts';
import { podAction } from './pod.ts';
import { stressAction } from './stress.ts';

/** What is to be done about one injection, before it has a place in a definition. */
export interface FaultPlan {
  readonly injection: Injection;
  readonly does: KnownAction;
  readonly place: Place;
  readonly selection: Selection;
  readonly peers: Peers;
  readonly length: Length;
  readonly decided: Native | NotNative;
  readonly mends: readonly NamespaceMend[];
}

/** Decides how an injection is carried out; undefined where it is refused, which its account then says. */
export function planFault(injection: Injection, context: ImportContext): FaultPlan | undefined {
  if (refusesOtherCluster(injection)) return undefined;
  const does = knownAction(injection);
  const selection = selectionOf(injection);
  const place = placeOf(injection, context);
  if (does === undefined || selection === undefined || place === undefined) return undefined;
  const { environment, pods, service } = place;
  const judged = judgeNamespaces(
    injection,
    [],
    { environment, namespaces: [pods.namespace], whose: `the service '${service}'` },
    context.fix,
  );
  const peers = peersOf(injection, place, context);
  const length = lengthOf(injection, environment.production ? settleMs : 0);
  if (judged === 'refused' || peers === undefined || length === undefined) return undefined;
  const mends = [
    ...(judged === 'declared' ? [] : [judged]),
    ...(peers.mend === undefined ? [] : [peers.mend]),
  ];
  const wish = { injection, does, place, selection, peers };
  return { ...wish, length, mends, decided: decide(wish) };
}

/** FIS's own action where it hits the same pods in the same way, else none. */
function decide(wish: Wish): Native | NotNative {
  const { injection, place } = wish;
  const { narrowed, pods } = place.wanted;
  if (place.match === 'within' || (place.match === 'named' && (narrowed || pods.length > 0)))
    return { why: `it hits only some of the pods that are declared for '${place.service}'` };
  const containers = textsAt(injection, 'containerNames');
  if (injection.kind === 'StressChaos' && !isDeclaredContainer(containers, place))
    return { why: 'it names containers, and FIS hits the declared one, or the first' };
  switch (injection.kind) {
    case 'PodChaos':
      return podAction(wish);
    case 'NetworkChaos':
      return networkAction(wish);
    case 'StressChaos':
      return stressAction(wish);
    case 'IOChaos':
      return { why: 'FIS fills disks, and does not come between a process and its files' };
    case 'HTTPChaos':
      return { why: 'FIS does not come between HTTP requests and their answers in pods' };
    case 'DNSChaos':
      return { why: 'FIS has no action for the names that pods look up' };
    case 'TimeChaos':
      return { why: 'FIS has no action for the clock of a pod' };
  }
}

const isDeclaredContainer = (containers: readonly string[], { pods }: Place): boolean =>
  containers.length === 0 || (containers.length === 1 && containers[0] === pods.container);

function refusesOtherCluster(injection: Injection): boolean {
  if (!has(injection, 'remoteCluster')) return false;
  injection.account.refuse(
    'other-cluster',
    pathOf(injection, 'remoteCluster'),
    'names another cluster, and nothing would keep the fault within the environment',
    'remove it, and import it for the environment that has that cluster',
  );
  return true;
}
