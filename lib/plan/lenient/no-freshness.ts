import type { Fault } from '../../experiment/fault.ts';
import type { Probe } from '../../experiment/probe.ts';
import { isHttpProbe } from '../../experiment/probe-kind.ts';
import type { PlanTarget } from '../plan-target.ts';
import { hitBy, probesReachedBy } from './reach.ts';
import type { LenientRule } from './rule.ts';

/** Types of resources that data is read from. */
const stores = /^aws:(rds|dynamodb|dsql|elasticache|memorydb|s3):/;

/** Whether data is read from a service: it has a store, or nothing is known of it but that others reach it, and not over HTTP. */
function isStore(name: string, target: PlanTarget): boolean {
  const service = target.services[name];
  if (service === undefined) return false;
  return service.declaredTypes.length > 0
    ? service.declaredTypes.some((type) => stores.test(type))
    : !service.answersHttp;
}

const reads: readonly string[] = ['GET', 'HEAD'];

/** What is read may come from a cache, which answers as fast and as well when nothing is read any more. */
export const noFreshness: LenientRule = (experiment, target) => {
  const asked = Object.values(experiment.steadyState);
  if (asked.some((probe) => probe.tolerances.age !== undefined || isComparedWithItsSource(probe))) return [];
  return Object.entries(experiment.faults).flatMap(([name, fault]) => {
    const store = storeHitBy(fault, target);
    const probes = probesReachedBy(fault, experiment, target);
    const [first] = probes;
    if (store === undefined || first === undefined) return [];
    if (probes.some(({ probe }) => !reads.includes(probe.http.method) || probe.http.service === store))
      return [];
    return [
      {
        code: 'no-freshness',
        path: ['steadyState', first.name],
        message: `no probe asks how old an answer is: a cache could hide the fault '${name}' behind old data from ${store}`,
        hint: "add a probe with http.ageOf (or growthOf) and a tolerance on it, such as age: { below: '5s' }",
      },
    ];
  });
};

const isComparedWithItsSource = (probe: Probe): boolean =>
  isHttpProbe(probe) && probe.http.behind !== undefined;

const storeHitBy = (fault: Fault, target: PlanTarget): string | undefined =>
  hitBy(fault)?.find((service) => isStore(service, target));
