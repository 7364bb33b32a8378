import type { ActionContext, Bite } from './action-handler.ts';
import { downFor } from './down-for.ts';
import type { LabResource } from './lab-resources.ts';

/** How a database goes away. */
interface Outage {
  readonly forMs: number;
  /** Another instance writes afterwards, in the zone that a lab names for it. */
  readonly movesWriter: boolean;
}

/**
 * Has what plays a database go away: its connections break, and none is made for a while; then it is back at the same address, with
 * what was committed. A `postgres` service does that itself, and cannot be called back, as a failover of AWS cannot. Of any other the
 * processes are killed, and started again.
 */
async function goAwayOne(
  resource: LabResource,
  { forMs, movesWriter }: Outage,
  context: ActionContext,
): Promise<Bite> {
  const { lab, signal } = context;
  const database = lab.database(resource.service);
  const away = `away for ${Math.round(forMs)} ms`;
  if (database !== undefined) {
    const { connections, back } = await database.goAway(forMs);
    // Whatever becomes of the experiment, where it comes back is where it is from then on.
    const end = back.then((isBack) => {
      if (!isBack) return 'and it did not come back';
      const zone = movesWriter ? lab.writers.failOver(resource.service) : undefined;
      return `then back with its data${zone === undefined ? '' : ` in zone ${zone}`}`;
    });
    const then = await Promise.race([end, once(signal).then(() => 'and not back yet')]);
    return {
      bit: true,
      evidence: `${resource.id}: ${connections} ${connections === 1 ? 'connection' : 'connections'} broken, ${away}, ${then}`,
    };
  }
  const ids = resource.replicas.map(({ id }) => id);
  const killed = await downFor(context, ids, { forMs, graceMs: 0 });
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

/** All of an action's targets at once; AWS's databases for as long as it says, a lab's at its pace. */
export async function goAway(context: ActionContext, { forMs, movesWriter }: Outage): Promise<Bite> {
  const outage = { forMs: forMs * context.lab.pace, movesWriter };
  const bites = await Promise.all(context.resources.map((resource) => goAwayOne(resource, outage, context)));
  return {
    bit: bites.every(({ bit }) => bit === true),
    evidence: bites.map(({ evidence }) => evidence).join('; '),
  };
}
