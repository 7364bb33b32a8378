import type { Instance } from '@aws-sdk/client-ec2';
import type { Target } from '../../run/ports.ts';
import { ec2Id, filtered, type LazyEc2 } from '../lazy-ec2.ts';
import type { Sight } from './sight.ts';

/** The instances of these targets that EC2 still knows, by id: it forgets a terminated one within the hour. */
async function describeInstances(
  ec2: LazyEc2,
  hit: readonly Target[],
): Promise<ReadonlyMap<string, Instance>> {
  const { paginateDescribeInstances } = await import('@aws-sdk/client-ec2');
  const client = await ec2();
  const found = new Map<string, Instance>();
  for (const Values of filtered(hit.map(({ id }) => ec2Id(id)))) {
    // By a filter: an id that EC2 does not know would fail the whole call.
    const pages = paginateDescribeInstances({ client }, { Filters: [{ Name: 'instance-id', Values }] });
    for await (const { Reservations = [] } of pages) {
      for (const instance of Reservations.flatMap(({ Instances }) => Instances ?? []))
        found.set(instance.InstanceId ?? '', instance);
    }
  }
  return found;
}

/** What EC2 witnesses of instances: each that it knows must be as `isHit` says. */
export async function witnessOfInstances(
  ec2: LazyEc2,
  hit: readonly Target[],
  told: { readonly isHit: (instance: Instance) => boolean; readonly done: string; readonly not: string },
): Promise<Sight> {
  const instances = await describeInstances(ec2, hit);
  const spared = hit.flatMap(({ id }) => {
    const instance = instances.get(ec2Id(id));
    return instance === undefined || told.isHit(instance) ? [] : [ec2Id(id)];
  });
  return {
    bit: spared.length === 0,
    evidence:
      spared.length === 0
        ? `EC2: ${hit.length === 1 ? 'the target has' : `all ${hit.length} targets have`} ${told.done}`
        : `EC2: ${spared.length} of ${hit.length} targets ${told.not} (${spared[0] ?? ''})`,
  };
}
