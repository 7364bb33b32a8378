import type { PlanTarget } from '../../../plan/plan-target.ts';
import type { ImportContext } from '../../contract.ts';
import type { Path } from '../../field.ts';
import { has, type Injection, pathOf, recordAt, textAt, textsAt } from '../injection.ts';
import { judgeNamespaces, type NamespaceMend } from '../namespaces.ts';
import type { Place } from '../place.ts';
import { selectionOf } from '../selection.ts';
import { declaredLabels, mappedTo, namesOf, servicesFor, wantedPods } from '../wanted-pods.ts';

/** The traffic that a network fault hits. */
export interface Peers {
  /** The services at the other end; none where all traffic is hit. */
  readonly services: readonly string[];
  /** Why FIS cannot tell it apart, as a sentence without a full stop. */
  readonly why?: string;
  /** The namespace of the pods at the other end, for the manifest. */
  readonly namespace?: string;
  /** Their declared labels, for the manifest, where the source's are others. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What a person has to say of them. */
  readonly question?: string;
  readonly mend?: NamespaceMend;
  /** Where the services are told, in the document. */
  readonly paths: readonly Path[];
}

type Context = Pick<ImportContext, 'map' | 'fix'>;

const noPeers: Peers = { services: [], paths: [] };

/** What a network fault's traffic goes to; undefined where it is refused. */
export function peersOf(injection: Injection, place: Place, context: Context): Peers | undefined {
  if (injection.kind !== 'NetworkChaos') return noPeers;
  const external = externalPeers(injection, place.environment, context);
  if (!has(injection, 'target')) return external;
  const target = targetPeers(injection, place, context);
  if (target === undefined) return undefined;
  const why = target.why ?? external.why;
  return {
    ...target,
    services: [...new Set([...target.services, ...external.services])],
    paths: [...target.paths, ...external.paths],
    ...(why === undefined ? {} : { why }),
  };
}

/** Hosts outside the cluster, each of which may be a service of the environment. */
function externalPeers(injection: Injection, environment: PlanTarget, { map }: Context): Peers {
  const hosts = textsAt(injection, 'externalTargets');
  const found = hosts.map((host) => serviceAt(host, environment, map));
  const services = found.filter((service) => service !== undefined);
  const why = 'it names a host that is no service here';
  return {
    services,
    paths: hosts.length === 0 ? [] : [pathOf(injection, 'externalTargets')],
    ...(services.length === hosts.length ? {} : { why }),
  };
}

const serviceAt = (host: string, environment: PlanTarget, map: Context['map']): string | undefined => {
  const mapped = mappedTo([host], map);
  const services = Object.entries(environment.services).filter(([, service]) => service.host !== undefined);
  return services.find(([name, service]) =>
    mapped === undefined ? service.host === host : name === mapped,
  )?.[0];
};

function targetPeers(injection: Injection, place: Place, context: Context): Peers | undefined {
  const { account } = injection;
  const at = pathOf(injection, 'target', 'selector');
  const wanted = wantedPods(recordAt(injection, 'target', 'selector'));
  if (wanted.everything) {
    account.refuse(
      'selects-everything',
      at,
      'selects everything in a namespace as the other end of the network',
      'write the labels of the pods at the other end',
    );
    return undefined;
  }
  const { environment } = place;
  const mapped = mappedTo(namesOf(wanted, ''), context.map);
  const [found, ...others] = servicesFor(wanted, environment, mapped, false);
  const service = others.length === 0 ? found?.service : undefined;
  const pods = service === undefined ? undefined : environment.services[service]?.pods;
  if (pods === undefined && isHitToo(injection)) {
    account.refuse(
      'not-declared',
      at,
      `Chaos Mesh hits the pods at the other end as well for this direction, and the environment '${environment.id}' declares none for them`,
      "declare their service's eks there, or write direction: to",
    );
    return undefined;
  }
  const namespaces = pods === undefined ? declaredWith(place) : [pods.namespace];
  const whose = service === undefined ? 'what it declares' : `the service '${service}'`;
  const judged = judgeNamespaces(injection, ['target'], { environment, namespaces, whose }, context.fix);
  if (judged === 'refused') return undefined;
  if (has(injection, 'target', 'mode') && selectionOf(injection, 'target') === undefined) return undefined;
  const labels = declaredLabels(found?.match, pods);
  const question =
    isHitToo(injection) && found?.match === 'named' && pods?.selectorType !== 'labelSelector'
      ? `'${environment.id}' declares no labels for the pods of '${service}': does the target select them and nothing else?`
      : undefined;
  const why = whyNot(
    injection,
    environment,
    service,
    wanted.narrowed || wanted.pods.length > 0 || found?.match === 'within',
  );
  return {
    services: service === undefined ? [] : [service],
    namespace: namespaces[0] ?? place.pods.namespace,
    paths: [pathOf(injection, 'target')],
    ...(labels === undefined ? {} : { labels }),
    ...(question === undefined ? {} : { question }),
    ...(why === undefined ? {} : { why }),
    ...(judged === 'declared' ? {} : { mend: judged }),
  };
}

const isHitToo = (injection: Injection): boolean =>
  ['from', 'both'].includes(textAt(injection, 'direction') ?? '');

/** The namespaces of a place's cluster that its environment declares, the place's own first. */
function declaredWith({ environment, pods }: Place): readonly string[] {
  const all = Object.values(environment.services).flatMap((service) =>
    service.pods?.cluster === pods.cluster ? [service.pods.namespace] : [],
  );
  return [...new Set([pods.namespace, ...all])];
}

function whyNot(
  injection: Injection,
  environment: PlanTarget,
  service: string | undefined,
  isPart: boolean,
): string | undefined {
  if (service === undefined) return 'no service here is what its target selects';
  if (isPart || (textAt(injection, 'target', 'mode') ?? 'all') !== 'all')
    return `it hits the traffic to some pods of '${service}' only`;
  if (environment.services[service]?.host === undefined)
    return `the service '${service}' has no host in '${environment.id}', by which FIS would know its traffic`;
  return undefined;
}
