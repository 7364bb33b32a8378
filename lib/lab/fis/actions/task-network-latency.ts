import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Link } from '../../proxy/link.ts';
import type { ToxicCounters } from '../../proxy/toxic.ts';
import { latency } from '../../proxy/toxics/latency.ts';
import type { Replica } from '../../running-lab.ts';
import type { ActionContext, ActionHandler } from '../action-handler.ts';
import { isoDurationMs } from '../iso-duration.ts';
import { type FaultyWay, whyUnheld } from '../why-unheld.ts';

/** FIS's own defaults (actions reference, aws:ecs:task-network-latency). */
const defaults = {
  delayMilliseconds: '200',
  jitterMilliseconds: '10',
  flowsPercent: '100',
  sources: 'ALL',
} as const;

const number = (name: string, text: string, most = Number.POSITIVE_INFINITY): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= most) return value;
  throw new SteadfastError('invalid', `aws:ecs:task-network-latency: '${text}' is no ${name}`);
};

/** The replica's links to the sources named: in a lab a source is a service's logical name. */
function linksTo(
  sources: string,
  replica: Replica,
  lab: ActionContext['lab'],
): readonly (readonly [string, Link])[] {
  const links = lab.links(replica.id);
  if (sources === 'ALL') return [...links];
  return sources.split(',').map((source) => {
    const link = links.get(source.trim());
    if (link !== undefined) return [source.trim(), link] as const;
    throw new SteadfastError('invalid', `${replica.id} has no link to '${source.trim()}'`, {
      hint: `its links lead to ${[...links.keys()].join(', ') || 'nothing'}`,
    });
  });
}

const evidenceOf = (way: string, { chunks, bytes, connections, longestMs }: ToxicCounters) =>
  chunks === 0
    ? `${way}: nothing was sent that could be delayed`
    : `${way}: ${chunks} chunks (${bytes} bytes) of ${connections} connections delayed, the longest by ${Math.round(longestMs)} ms`;

/** `aws:ecs:task-network-latency`: delays what each replica sends to the sources, on its own links. */
export const taskNetworkLatency: ActionHandler = {
  id: 'aws:ecs:task-network-latency',
  carryOut: async ({ lab, parameters, targets, signal, clock }) => {
    const { duration } = parameters;
    if (duration === undefined)
      throw new SteadfastError('invalid', "aws:ecs:task-network-latency needs its parameter 'duration'");
    const durationMs = isoDurationMs(duration);
    const { delayMilliseconds, jitterMilliseconds, flowsPercent, sources } = { ...defaults, ...parameters };
    const delayMs = number('delay in milliseconds', delayMilliseconds);
    const jitterMs = number('jitter in milliseconds', jitterMilliseconds);
    const toxic = latency({
      direction: 'upstream',
      delayMs,
      jitterMs,
      toxicity: number('percentage of flows', flowsPercent, 100) / 100,
    });
    // All links are found before the first is touched, so that a wrong name leaves nothing half done.
    const ways = targets.flatMap((replica) =>
      linksTo(sources, replica, lab).map(([to, link]): FaultyWay => ({ replica, to, link })),
    );
    const watched = ways.map((way) => ({
      ...way,
      before: way.link.counters(),
      toxic: way.link.addToxic(toxic),
    }));
    let likely: string | undefined;
    try {
      await clock.sleep(durationMs, signal);
      // Looked for while the fault is on: what is connected now is what it could have reached.
      if (watched.every((way) => way.toxic.counters().chunks === 0))
        likely = delayMs + jitterMs === 0 ? 'a delay of 0 ms holds nothing back' : whyUnheld(watched, lab);
    } finally {
      for (const { toxic: placed } of watched) placed.remove();
    }
    const counted = watched.map(({ replica, to, toxic: placed }) => ({
      way: `${replica.id} to ${to}`,
      counters: placed.counters(),
    }));
    const bit = counted.some(({ counters }) => counters.chunks > 0);
    return {
      bit,
      evidence:
        counted.map(({ way, counters }) => evidenceOf(way, counters)).join('; ') ||
        'the targets have no links',
      ...(bit || likely === undefined ? {} : { likely }),
    };
  },
};
