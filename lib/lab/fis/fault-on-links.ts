import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Toxic, ToxicCounters } from '../proxy/toxic.ts';
import type { ActionContext, Bite } from './action-handler.ts';
import { type FaultyWay, whyUnheld } from './why-unheld.ts';

/** The targets' links to the sources that FIS is told, `ALL` or hosts: in a lab a host is a service's logical name. */
export const waysTo = (
  sources: string,
  { lab, targets }: Pick<ActionContext, 'lab' | 'targets'>,
): FaultyWay[] =>
  targets.flatMap((replica) => {
    const links = lab.links(replica.id);
    if (sources === 'ALL') return [...links].map(([to, link]) => ({ replica, to, link }));
    return sources.split(',').map((source) => {
      const to = source.trim();
      const link = links.get(to);
      if (link !== undefined) return { replica, to, link };
      throw new SteadfastError('invalid', `${replica.id} has no link to '${to}'`, {
        hint: `its links lead to ${[...links.keys()].join(', ') || 'nothing'}`,
      });
    });
  });

export interface FaultOnLinks {
  /** All found before the first is touched, so that a wrong name leaves nothing half done. */
  readonly ways: readonly FaultyWay[];
  readonly toxic: Toxic;
  readonly durationMs: number;
  /** What it did to a link, for people: `3 chunks (30 bytes) of 1 connections delayed`. */
  readonly did: (counters: ToxicCounters) => string;
  /** What it is called that did nothing: `delayed` in `nothing was sent that could be delayed`. */
  readonly done: string;
  /** Why it can do nothing by what was asked; undefined where it can. */
  readonly vain?: string | undefined;
}

/** Puts a toxic on links for a time, and tells what it did to each. Nothing is left of it, whatever happens. */
export async function faultOnLinks(
  { lab, signal, clock }: ActionContext,
  { ways, toxic, durationMs, did, done, vain }: FaultOnLinks,
): Promise<Bite> {
  const watched = ways.map((way) => ({
    ...way,
    before: way.link.counters(),
    toxic: way.link.addToxic(toxic),
  }));
  let likely: string | undefined;
  try {
    await clock.sleep(durationMs, signal);
    // Looked for while the fault is on: what is connected now is what it could have reached.
    if (watched.every((way) => way.toxic.counters().chunks === 0)) likely = vain ?? whyUnheld(watched, lab);
  } finally {
    for (const { toxic: placed } of watched) placed.remove();
  }
  const evidence = watched.map(({ replica, to, toxic: placed }) => {
    const counters = placed.counters();
    return `${replica.id} to ${to}: ${counters.chunks === 0 ? `nothing was sent that could be ${done}` : did(counters)}`;
  });
  const bit = watched.some(({ toxic: placed }) => placed.counters().chunks > 0);
  return {
    bit,
    evidence: evidence.join('; ') || 'the targets have no links',
    ...(bit || likely === undefined ? {} : { likely }),
  };
}
