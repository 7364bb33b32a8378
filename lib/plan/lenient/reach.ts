import type { Experiment } from '../../experiment/experiment.ts';
import type { Fault } from '../../experiment/fault.ts';
import { selectorOf } from '../../experiment/fault-parts.ts';
import type { HttpProbe } from '../../experiment/probe.ts';
import { isHttpProbe } from '../../experiment/probe-kind.ts';
import { actionOf, servicesNamedBy } from '../fis-parameters.ts';
import type { PlanTarget } from '../plan-target.ts';

/** An http probe with its name. */
export interface NamedProbe {
  readonly name: string;
  readonly probe: HttpProbe;
}

export const httpProbesOf = ({ steadyState }: Experiment): NamedProbe[] =>
  Object.entries(steadyState).flatMap(([name, probe]) => (isHttpProbe(probe) ? [{ name, probe }] : []));

/** What lies in a network is hit with it, whichever service it belongs to. */
const networks = /^aws:(ec2:(subnet|transit-gateway|vpc-endpoint)|directconnect:|arc:)/;

/** The services that a fault hits: whose resources it selects, and to whom it cuts or slows the way. Undefined where it may be any. */
export function hitBy(fault: Fault): string[] | undefined {
  const selected = selectorOf(fault)?.service;
  return selected === undefined || networks.test(actionOf(fault).target?.resourceType ?? '')
    ? undefined
    : [selected, ...servicesNamedBy(fault).map(({ service }) => service)];
}

/** Whether a service is one of several, or uses one, or uses what uses one. */
function dependsOn(service: string, on: readonly string[], target: PlanTarget): boolean {
  const seen = new Set<string>();
  const left = [service];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (on.includes(name)) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    left.push(...(target.services[name]?.uses ?? []));
  }
  return false;
}

/** The http probes that a fault can show in: of a service that it hits, or that depends on one. All of them where it may hit any. */
export function probesReachedBy(fault: Fault, experiment: Experiment, target: PlanTarget): NamedProbe[] {
  const hit = hitBy(fault);
  return httpProbesOf(experiment).filter(
    ({ probe }) => hit === undefined || dependsOn(probe.http.service, hit, target),
  );
}

/** Whether a probe reads a metric: nobody can tell from its name what it depends on. */
export const readsMetrics = ({ steadyState }: Experiment): boolean =>
  Object.values(steadyState).some((probe) => !isHttpProbe(probe));
