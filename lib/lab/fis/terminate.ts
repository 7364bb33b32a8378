import { graceMs } from '../processes/owned-processes.ts';
import type { Replica } from '../running-lab.ts';
import type { ActionContext, Bite } from './action-handler.ts';
import { endedBite } from './ended.ts';

/** Ends replicas for good; what takes their place is launched where there is capacity. */
export const terminate = async ({ lab }: ActionContext, replicas: readonly Replica[]): Promise<Bite> =>
  endedBite(
    await Promise.all(
      replicas.map(async (replica) => {
        const killed = await lab.killReplica(replica.id, graceMs);
        return { ...killed, after: await lab.launches.launch(replica) };
      }),
    ),
  );
