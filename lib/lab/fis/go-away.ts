import type { ActionContext, Bite } from './action-handler.ts';
import type { LabResource } from './lab-resources.ts';

/**
 * Has what plays a database go away: its connections break, and none is made for a while; then it is back at the same address, with
 * what was committed. A `postgres` service does that itself, and cannot be called back, as a failover of AWS cannot. Of any other the
 * processes are killed, and started again.
 */
async function goAwayOne(
  resource: LabResource,
  forMs: number,
  { lab, clock, signal }: ActionContext,
): Promise<Bite> {
  const database = lab.database(resource.service);
  const away = `away for ${Math.round(forMs)} ms`;
  if (database !== undefined) {
    const { connections, back } = await database.goAway(forMs);
    const stopped = once(signal);
    const isBack = await Promise.race([back, stopped.then(() => undefined)]);
    const then =
      isBack === undefined
        ? 'and not back yet'
        : isBack
          ? 'then back with its data'
          : 'and it did not come back';
    return {
      bit: true,
      evidence: `${resource.id}: ${connections} ${connections === 1 ? 'connection' : 'connections'} broken, ${away}, ${then}`,
    };
  }
  const killed = await Promise.all(resource.replicas.map(({ id }) => lab.killReplica(id)));
  try {
    await clock.sleep(forMs, signal);
  } finally {
    await Promise.all(killed.map(({ replica }) => lab.startReplica(replica)));
  }
  return {
    bit: killed.length > 0 && killed.every(({ gone }) => gone),
    evidence: killed.map(({ evidence }) => `${evidence}, ${away}, then started again`).join('; '),
  };
}

const once = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** All of an action's targets at once. @param pacelessMs how long databases of AWS are away; a lab's as its pace says */
export async function goAway(context: ActionContext, pacelessMs: number): Promise<Bite> {
  const bites = await Promise.all(
    context.resources.map((resource) => goAwayOne(resource, pacelessMs * context.lab.pace, context)),
  );
  return {
    bit: bites.every(({ bit }) => bit === true),
    evidence: bites.map(({ evidence }) => evidence).join('; '),
  };
}
