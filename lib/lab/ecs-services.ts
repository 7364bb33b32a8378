import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { EcsServices } from '../run/ports.ts';
import type { Replica, RunningLab } from './running-lab.ts';

/**
 * The replicas of a lab's services in place of the tasks of ECS services. One that ended by itself is not started again: it is a
 * task that failed. One that is being replaced is pending. Nothing is deployed in a lab.
 */
export function createLabEcsServices(
  lab: Pick<RunningLab, 'diedUnexpectedly' | 'id' | 'isHealthy' | 'replicas'>,
): EcsServices {
  const replicasOf = (service: string): readonly Replica[] => {
    const found = lab.replicas.filter((replica) => replica.service === service);
    if (found.length > 0) return found;
    throw new SteadfastError('invalid', `the service '${service}' has no replicas in the lab '${lab.id}'`);
  };
  return {
    state: async (service) => {
      const replicas = replicasOf(service);
      const running = replicas.filter(({ alive }) => alive).length;
      const isDead = ({ id, alive }: Replica) =>
        !alive && lab.diedUnexpectedly.some(({ name }) => name === id);
      const dead = replicas.filter(isDead).length;
      return {
        desired: replicas.length,
        running,
        pending: replicas.length - running - dead,
        deployments: [{ rollout: 'completed', failedTasks: dead }],
      };
    },
    health: async (service) => {
      const alive = replicasOf(service).filter((replica) => replica.alive);
      const looks = await Promise.all(alive.map(({ id }) => lab.isHealthy(id)));
      const healthy = looks.filter(Boolean).length;
      return { healthy, unhealthy: looks.length - healthy, unknown: 0 };
    },
  };
}
