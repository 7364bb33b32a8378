import { DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';
import * as z from 'zod/mini';
import type { LeftBehind } from '../../run/ports.ts';
import { clusterOf, describeTasks } from '../ecs-tasks.ts';
import type { LookForResidue, Remember } from './residue-kind.ts';

/** What DescribeServices takes in one call (ECS API reference). */
const servicesPerCall = 10;

const serviceSchema = z.object({
  cluster: z.string(),
  service: z.string(),
  desired: z.number(),
  definition: z.string(),
});

type Seen = z.output<typeof serviceSchema>;

const taskDefinitionName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** How ECS services are now; one that is gone is left out. */
async function servicesIn(ecs: ECSClient, cluster: string, names: readonly string[]): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let from = 0; from < names.length; from += servicesPerCall) {
    const services = names.slice(from, from + servicesPerCall);
    const answer = await ecs.send(new DescribeServicesCommand({ cluster, services }));
    for (const { serviceName, status, desiredCount, taskDefinition } of answer.services ?? []) {
      if (serviceName === undefined || status === 'INACTIVE') continue;
      seen.push({
        cluster,
        service: serviceName,
        desired: desiredCount ?? 0,
        definition: taskDefinition ?? '',
      });
    }
  }
  return seen;
}

function changesOf(before: Seen, now: Seen | undefined): LeftBehind[] {
  const name = `the ECS service ${before.service}`;
  if (now === undefined)
    return [{ what: `${name} is gone`, hint: `Make it again in the cluster ${before.cluster}.` }];
  return [
    // More than before is scaling's doing, which ends by itself.
    ...(now.desired < before.desired
      ? [
          {
            what: `${name} wants ${now.desired} tasks, and wanted ${before.desired} before the fault`,
            hint: `Set its desired count to ${before.desired} again, unless scaling has lowered it.`,
          },
        ]
      : []),
    ...(now.definition === before.definition
      ? []
      : [
          {
            what: `${name} runs the task definition ${taskDefinitionName(now.definition)}, and ran ${taskDefinitionName(before.definition)} before the fault`,
            hint: 'Roll it back, unless somebody has deployed meanwhile.',
          },
        ]),
  ];
}

/** The ECS services of the tasks that may be hit: how many tasks they want, and of which definition. A task that no service keeps is left out. */
export const rememberEcsServices: Remember = async ({ ecs }, targets) => {
  const arns = targets.flatMap(({ id }) => (clusterOf(id) === undefined ? [] : [id]));
  if (arns.length === 0) return undefined;
  const named = new Map<string, Set<string>>();
  for (const [arn, { group }] of await describeTasks(ecs, arns)) {
    const [, service] = /^service:(.+)$/.exec(group ?? '') ?? [];
    const cluster = clusterOf(arn);
    if (service === undefined || cluster === undefined) continue;
    named.set(cluster, (named.get(cluster) ?? new Set()).add(service));
  }
  const seen: Seen[] = [];
  for (const [cluster, services] of named) seen.push(...(await servicesIn(ecs, cluster, [...services])));
  return seen.length === 0 ? undefined : seen;
};

/** Those of them that want fewer tasks than before, run another definition, or are gone. */
export const lookAtEcsServices: LookForResidue = async ({ ecs }, { before }) => {
  const left: LeftBehind[] = [];
  const seen = z._default(z.array(serviceSchema), []).parse(before);
  for (const [cluster, services] of Map.groupBy(seen, (one) => one.cluster)) {
    const now = await servicesIn(
      ecs,
      cluster,
      services.map(({ service }) => service),
    );
    for (const one of services)
      left.push(
        ...changesOf(
          one,
          now.find(({ service }) => service === one.service),
        ),
      );
  }
  return left;
};
