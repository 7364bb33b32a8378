import {
  type Deployment,
  DescribeServicesCommand,
  type ECSClient,
  paginateListTasks,
  type Service,
} from '@aws-sdk/client-ecs';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { RunnerInput } from '../plan/runner-input.ts';
import type { EcsDeployment, EcsServices } from '../run/ports.ts';
import { describeTasks } from './ecs-tasks.ts';

type Place = NonNullable<RunnerInput['ecsServices']>[string];

const rollouts: Readonly<Record<string, EcsDeployment['rollout']>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  IN_PROGRESS: 'in progress',
};

const deploymentOf = ({ rolloutState, failedTasks = 0 }: Deployment): EcsDeployment => ({
  rollout: rollouts[rolloutState ?? ''],
  failedTasks,
});

async function describe(ecs: ECSClient, { cluster, service }: Place): Promise<Service> {
  const { services = [], failures = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [service] }),
  );
  const [found] = services;
  if (found === undefined) {
    const [why] = failures;
    throw new SteadfastError(
      'internal',
      `ECS has no service ${service} in ${cluster} (${why?.reason ?? 'it says no reason'})`,
    );
  }
  // One that is being deleted, or was, wants no task, and what it wanted nobody can say.
  if (found.status !== 'ACTIVE')
    throw new SteadfastError('internal', `the ECS service ${service} is ${found.status ?? 'in no state'}`);
  return found;
}

function counted(count: number | undefined, what: string): number {
  if (count === undefined) throw new SteadfastError('internal', `ECS does not say how many ${what}`);
  return count;
}

/** Looks at the ECS services that an environment declares. */
export function createEcsServices(options: {
  readonly ecs: ECSClient;
  readonly services: Readonly<Record<string, Place>>;
}): EcsServices {
  const { ecs, services } = options;
  const placeOf = (name: string): Place => {
    const place = services[name];
    if (place !== undefined) return place;
    throw new SteadfastError('invalid', `the service '${name}' declares no ECS service`, {
      hint: `add services.${name}.ecs to the environment`,
    });
  };
  return {
    state: async (name) => {
      const found = await describe(ecs, placeOf(name));
      return {
        desired: counted(found.desiredCount, 'tasks the service wants'),
        running: counted(found.runningCount, 'tasks are running'),
        pending: counted(found.pendingCount, 'tasks are pending'),
        deployments: (found.deployments ?? []).map(deploymentOf),
      };
    },
    health: async (name) => {
      const { cluster, service } = placeOf(name);
      const arns: string[] = [];
      const pages = paginateListTasks({ client: ecs }, { cluster, serviceName: service });
      for await (const { taskArns = [] } of pages) arns.push(...taskArns);
      const states = [...(await describeTasks(ecs, arns)).values()].map(({ healthStatus }) => healthStatus);
      const count = (wanted: string) => states.filter((state) => state === wanted).length;
      const [healthy, unhealthy] = [count('HEALTHY'), count('UNHEALTHY')];
      return { healthy, unhealthy, unknown: states.length - healthy - unhealthy };
    },
  };
}
