import type { Environment } from '../../experiment/environment.ts';
import type { Objective } from '../../experiment/objective.ts';
import { isHttpProbe } from '../../experiment/probe-kind.ts';
import { experimentOf, type RunnerInput } from '../../plan/runner-input.ts';
import { probeSpecs } from '../../steady-state/probe-spec.ts';

/** A service whose requests a run puts at risk. */
export interface ServiceAtRisk {
  readonly service: string;
  readonly objective?: Objective;
  /** What the probes of the experiment send to it, a second; 0 where they ask something else. */
  readonly probesPerSecond: number;
  /** The probes that ask it. */
  readonly probes: readonly string[];
}

/** The services that its probes ask, which is where users would feel it, and those that it touches and of which an objective is known. */
export function servicesAtRisk(input: RunnerInput, environment: Environment | undefined): ServiceAtRisk[] {
  const { steadyState } = experimentOf(input);
  const specs = new Map(probeSpecs(steadyState, input.leastRatePerSecond).map((spec) => [spec.name, spec]));
  const asked = Object.entries(steadyState).flatMap(([name, probe]) =>
    isHttpProbe(probe) ? [{ name, service: probe.http.service }] : [],
  );
  const objectiveOf = (service: string) => environment?.services[service]?.objective;
  const touched = input.touches.filter((service) => objectiveOf(service) !== undefined);
  return [...new Set([...asked.map(({ service }) => service), ...touched])].map((service) => {
    const probes = asked.filter((one) => one.service === service).map(({ name }) => name);
    const objective = objectiveOf(service);
    return {
      service,
      ...(objective === undefined ? {} : { objective }),
      probes,
      probesPerSecond: probes.reduce(
        (sum, name) => sum + 1_000 / (specs.get(name)?.intervalMs ?? Number.POSITIVE_INFINITY),
        0,
      ),
    };
  });
}

/** What to do so that the users' requests of a service are known. */
export const howToKnow = (service: string, environment: string): string =>
  `name a metric that counts its requests: services.${service}.objective.requests of ${environment}`;
