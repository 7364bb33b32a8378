import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Link } from '../../proxy/link.ts';
import type { ToxicCounters } from '../../proxy/toxic.ts';
import { latency } from '../../proxy/toxics/latency.ts';
import type { Replica } from '../../running-lab.ts';
import type { ActionContext, ActionHandler } from '../action-handler.ts';
import { isoDurationMs } from '../iso-duration.ts';

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
  carryOut: async ({ lab, parameters, targets, signal, clock, random }) => {
    const { duration } = parameters;
    if (duration === undefined)
      throw new SteadfastError('invalid', "aws:ecs:task-network-latency needs its parameter 'duration'");
    const durationMs = isoDurationMs(duration);
    const { delayMilliseconds, jitterMilliseconds, flowsPercent, sources } = { ...defaults, ...parameters };
    const toxic = latency(
      {
        direction: 'upstream',
        delayMs: number('delay in milliseconds', delayMilliseconds),
        jitterMs: number('jitter in milliseconds', jitterMilliseconds),
        toxicity: number('percentage of flows', flowsPercent, 100) / 100,
      },
      random,
    );
    // All links are found before the first is touched, so that a wrong name leaves nothing half done.
    const ways = targets.flatMap((replica) =>
      linksTo(sources, replica, lab).map(([to, link]) => ({ way: `${replica.id} to ${to}`, link })),
    );
    const added = ways.map(({ way, link }) => ({ way, toxic: link.addToxic(toxic) }));
    try {
      await clock.sleep(durationMs, signal);
    } finally {
      for (const { toxic: placed } of added) placed.remove();
    }
    const counted = added.map(({ way, toxic: placed }) => ({ way, counters: placed.counters() }));
    return {
      bit: counted.some(({ counters }) => counters.chunks > 0),
      evidence:
        counted.map(({ way, counters }) => evidenceOf(way, counters)).join('; ') ||
        'the targets have no links',
    };
  },
};
