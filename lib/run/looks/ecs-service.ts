import type { EcsServiceProbe } from '../../experiment/probe.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { EcsHealth, EcsServiceState, ProbeOutcome } from '../ports.ts';
import type { Sources } from './sources.ts';

type Asked = EcsServiceProbe['ecsService'];

/** Why a service has no such figure: nobody can say. */
const unknown = (why: string) => new SteadfastError('internal', why);

/** The figure that a probe asks for of a service. Rejects where there is none. */
export async function lookAtEcsService(
  { ecsServices }: Sources,
  { ecsService }: EcsServiceProbe,
): Promise<ProbeOutcome> {
  const { service, shareOf, numberOf } = ecsService;
  if (shareOf === 'healthy' || numberOf === 'unhealthy') {
    const health = told(await ecsServices.health(service), ecsService);
    return {
      value:
        numberOf === undefined
          ? shareIn(await ecsServices.state(service), health.healthy, ecsService)
          : health.unhealthy,
    };
  }
  const state = await ecsServices.state(service);
  return {
    value: numberOf === undefined ? shareIn(state, state.running, ecsService) : numberIn(state, numberOf),
  };
}

function told(health: EcsHealth, { service }: Asked): EcsHealth {
  if (health.unknown > 0 && health.healthy + health.unhealthy === 0)
    throw unknown(`no task of ${service} says whether it is healthy: its containers need health checks`);
  return health;
}

function shareIn({ desired }: EcsServiceState, count: number, { service }: Asked): number {
  if (desired === 0) throw unknown(`${service} wants no task, and a share of none is nothing`);
  return count / desired;
}

function numberIn(
  { running, pending, deployments }: EcsServiceState,
  numberOf: Exclude<NonNullable<Asked['numberOf']>, 'unhealthy'>,
): number {
  switch (numberOf) {
    case 'running':
      return running;
    case 'pending':
      return pending;
    case 'failedTasks':
      return deployments.reduce((sum, { failedTasks }) => sum + failedTasks, 0);
    case 'deployments':
    case 'failedDeployments': {
      const wanted = numberOf === 'deployments' ? 'in progress' : 'failed';
      if (deployments.some(({ rollout }) => rollout === undefined))
        throw unknown("the service's deployment controller does not say how its deployments go");
      return deployments.filter(({ rollout }) => rollout === wanted).length;
    }
  }
}
