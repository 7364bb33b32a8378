import type { ResourceType } from '../../fis/resource-types.ts';
import { type PlayedBy, playedBy } from '../../plan/lab-resource-types.ts';
import type { LabServiceFacts, Replica, RunningLab } from '../running-lab.ts';

/** What plays one resource of AWS: a replica, a zone of a service, or the whole of it. */
export interface LabResource {
  /** The replica's id (`shop-1`), the service's name with the zone (`shop-a`), or the service's name. */
  readonly id: string;
  readonly service: string;
  readonly zone?: string;
  /** Those that all of its replicas carry: one that wears another's tag keeps the whole from being selected. */
  readonly tags: Readonly<Record<string, string>>;
  readonly alive: boolean;
  /** What it is made of; none where the service has none. */
  readonly replicas: readonly Replica[];
}

function tagsOfAll(ofService: LabResource['tags'], replicas: readonly Replica[]): LabResource['tags'] {
  const [first, ...others] = replicas;
  if (first === undefined) return ofService;
  const shared = Object.entries(first.tags).filter(([key, value]) =>
    others.every(({ tags }) => tags[key] === value),
  );
  return Object.fromEntries(shared);
}

const made = (
  id: string,
  { name, tags }: LabServiceFacts,
  replicas: readonly Replica[],
  zone?: string,
): LabResource => ({
  id,
  service: name,
  tags: tagsOfAll(tags, replicas),
  alive: replicas.length === 0 || replicas.some(({ alive }) => alive),
  replicas,
  ...(zone === undefined ? {} : { zone }),
});

/** One for each type of what plays a resource. */
const partsOf: Readonly<
  Record<PlayedBy, (service: LabServiceFacts, replicas: readonly Replica[]) => readonly LabResource[]>
> = {
  replica: (service, replicas) =>
    replicas.map((replica) => made(replica.id, service, [replica], replica.zone)),
  zone: (service, replicas) =>
    service.zones.map((zone) =>
      made(
        `${service.name}-${zone}`,
        service,
        replicas.filter((one) => one.zone === zone),
        zone,
      ),
    ),
  // In more than one zone it is in none.
  service: (service, replicas) => [
    made(service.name, service, replicas, service.zones.length === 1 ? service.zones[0] : undefined),
  ],
};

/** Everything in a lab that plays a resource of this type, in the order of the lab's definition. */
export const resourcesOf = (
  lab: Pick<RunningLab, 'replicas' | 'services'>,
  type: ResourceType,
): readonly LabResource[] =>
  lab.services.flatMap((service) => {
    const by = playedBy(service, type);
    return by === undefined
      ? []
      : partsOf[by](
          service,
          lab.replicas.filter((replica) => replica.service === service.name),
        );
  });
