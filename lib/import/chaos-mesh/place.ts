import type { PlanPods, PlanTarget } from '../../plan/plan-target.ts';
import type { ImportContext } from '../contract.ts';
import { type Injection, pathOf, recordAt } from './injection.ts';
import { namespacesOf } from './namespaces.ts';
import {
  isUnconfined,
  type Match,
  type MatchedService,
  mappedTo,
  namesOf,
  servicesFor,
  type WantedPods,
  wantedPods,
} from './wanted-pods.ts';

/** Where a fault is put in: the pods that an environment declares for a service. */
export interface Place {
  readonly environment: PlanTarget;
  readonly service: string;
  readonly pods: PlanPods;
  readonly match: Match;
  readonly wanted: WantedPods;
  /** Whether nobody named the environment, and it is the only one that fits. */
  readonly isProposed: boolean;
}

type Context = Pick<ImportContext, 'project' | 'environment' | 'map'>;

/** What a service must declare so that its pods can be hit. */
const declaration = 'eks: { cluster, namespace, pods: { label }, serviceAccount }';

/**
 * The one place that an injection can be put in. Says why where there is none: nothing is selected but a whole namespace, or no
 * environment declares the pods, or more than one does.
 */
export function placeOf(injection: Injection, context: Context): Place | undefined {
  const { account } = injection;
  const wanted = wantedPods(recordAt(injection, 'selector'));
  if (wanted.everything) {
    account.refuse(
      'selects-everything',
      pathOf(injection, 'selector'),
      'selects everything in a namespace: no label, expression, annotation, field, node or pod narrows it',
      'write the labels of the pods that are to be hit',
    );
    return undefined;
  }
  const targets = targetsOf(context);
  const mapped = mappedTo(namesOf(wanted, injection.name), context.map);
  const found = targets.flatMap((environment) =>
    servicesFor(wanted, environment, mapped, true).flatMap((one) =>
      placeIn(environment, one, wanted, context),
    ),
  );
  const [place, ...others] = narrowed(found, injection);
  if (place !== undefined && others.length === 0) return confined(injection, place);
  if (place === undefined) refuseUndeclared(injection, wanted, mapped, context);
  else refuseUnclear(injection, [place, ...others]);
  return undefined;
}

function confined(injection: Injection, place: Place): Place | undefined {
  const { environment, service, pods, match, wanted } = place;
  if (!isUnconfined(wanted, match, pods)) return place;
  injection.account.refuse(
    'not-declared',
    pathOf(injection, 'selector'),
    `selects no labels, and '${environment.id}' declares none for '${service}': nothing would keep it to those pods`,
    'write the labels of the pods, or declare them in the environment',
  );
  return undefined;
}

/** Environments that come into question: the one that is asked for, else those where no customers are. */
const targetsOf = ({ project, environment }: Context): readonly PlanTarget[] =>
  project.environments.filter(({ id, production }) =>
    environment === undefined ? !production : id === environment,
  );

function placeIn(
  environment: PlanTarget,
  { service, match }: MatchedService,
  wanted: WantedPods,
  context: Context,
): Place[] {
  const pods = environment.services[service]?.pods;
  if (pods === undefined) return [];
  return [{ environment, service, pods, match, wanted, isProposed: context.environment === undefined }];
}

/** Of several places those in the namespaces that the source names. */
function narrowed(found: readonly Place[], injection: Injection): readonly Place[] {
  if (found.length < 2) return found;
  const named = namespacesOf(injection).map(({ name }) => name);
  const there = found.filter(({ pods }) => named.includes(pods.namespace));
  return there.length > 0 ? there : found;
}

function refuseUndeclared(
  injection: Injection,
  wanted: WantedPods,
  mapped: string | undefined,
  { project, environment }: Context,
): void {
  const where =
    environment === undefined
      ? 'production left aside, no environment declares'
      : `the environment '${environment}' does not declare`;
  const [name = injection.name] = Object.values(wanted.labels);
  const declare =
    environment === undefined ? `an environment ${declaration}` : `'${environment}' ${declaration}`;
  const whose = mapped === undefined ? 'these pods' : `pods of the service '${mapped}'`;
  injection.account.refuse(
    'not-declared',
    pathOf(injection, 'selector'),
    `${where} ${whose}, and nothing else may be hit`,
    project.environments.length === 0
      ? `the project has no environment yet: steadfast init writes a first one, and its services declare ${declaration}`
      : `give a service of ${declare}, or say which service they are, as in --map ${name || 'NAME'}=SERVICE`,
  );
}

function refuseUnclear(injection: Injection, places: readonly Place[]): void {
  const environments = [...new Set(places.map(({ environment }) => environment.id))];
  const [first] = environments;
  const one = environments.length === 1;
  injection.account.refuse(
    one ? 'which-service' : 'which-environment',
    pathOf(injection, 'selector'),
    one
      ? `these may be the pods of several services of '${first}': ${places.map(({ service }) => service).join(', ')}`
      : `these pods are declared by several environments: ${environments.join(', ')}`,
    one
      ? `say which, as in --map ${injection.name || 'NAME'}=${places[0]?.service}`
      : `name one, as in --env ${first}`,
  );
}
