import type { ResourceType } from '../fis/resource-types.ts';
import type { PlanTarget } from '../plan/plan-target.ts';

/** A service that may be broken, as the environments and labs together know it. */
export interface Subject {
  readonly service: string;
  /** The environments and labs that have it. */
  readonly targets: readonly PlanTarget[];
  /** The services it depends on, in the order in which they are named. */
  readonly uses: readonly string[];
  /** The services that depend on it. */
  readonly usedBy: readonly string[];
  /** Whether any environment or lab says that it has resources of a type. */
  readonly has: (type: ResourceType) => boolean;
}

/** The service of a name; undefined where no target has one. */
export function subjectOf(service: string, targets: readonly PlanTarget[]): Subject | undefined {
  const having = targets.filter((target) => target.services[service] !== undefined);
  if (having.length === 0) return undefined;
  return {
    service,
    targets: having,
    uses: [...new Set(having.flatMap((target) => target.services[service]?.uses ?? []))],
    usedBy: [
      ...new Set(
        having.flatMap((target) =>
          Object.entries(target.services).flatMap(([name, { uses = [] }]) =>
            uses.includes(service) ? [name] : [],
          ),
        ),
      ),
    ],
    has: (type) => having.some((target) => target.services[service]?.declaredTypes.includes(type) ?? false),
  };
}
