import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { parseDuration } from '../../fis/quantity.ts';
import type { Command, Proposal } from '../../game-day/command.ts';

const usage = (message: string, hint: string) => new SteadfastError('usage', message, { hint });

/** `go`, or `stage` with its number. */
export function proposalIn(what: string, number: number | undefined): Proposal {
  if (what === 'go' && number === undefined) return { what: 'go' };
  if (what === 'stage' && number !== undefined) return { what: 'stage', stage: number };
  throw usage(
    what === 'stage' ? 'say which stage' : `'${[what, number].join(' ').trim()}' is nothing to propose`,
    'propose go, or propose stage <number>; more time is proposed with extend',
  );
}

export function extensionOf(duration: string): Proposal {
  const byMs = parseDuration(duration)?.ms;
  if (byMs === undefined || byMs <= 0 || !Number.isInteger(byMs))
    throw usage(`'${duration}' is no duration`, 'write it as 30m or 1h');
  return { what: 'extend', byMs };
}

/** @throws SteadfastError `usage` for a text or a time that no log takes */
export function noteOf(text: string, at: string | undefined): Extract<Command, { readonly do: 'note' }> {
  const said = text.trim();
  if (said === '' || said.length > 2_000)
    throw usage('a note has 1 to 2000 characters', 'write what happened, in a sentence or two');
  if (at === undefined) return { do: 'note', text: said };
  const time = new Date(at);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(at) || Number.isNaN(time.getTime()))
    throw usage(`'${at}' is no time with a zone`, 'write it as 2026-12-01T14:03:00Z or …+01:00');
  return { do: 'note', text: said, at: time.toISOString() };
}
