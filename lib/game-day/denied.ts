import { iso } from '../run/iso.ts';
import type { Command } from './command.ts';
import type { Asking } from './decisions/asking.ts';
import type { EntryOf, NewEntry } from './entry.ts';
import { isSame } from './other-person.ts';

/**
 * What was refused is worth knowing, and must be no way to fill the log: the same refusal of the same person is written once a minute, a
 * person's refusals three times a minute, and of everybody's two hundred.
 */
const [perMinute, perEdition, minuteMs] = [3, 200, 60_000] as const;

/** What is written of a refusal; nothing where enough was written. */
export function deniedEntries(
  { entries, person, nowMs }: Pick<Asking, 'entries' | 'nowMs' | 'person'>,
  command: Command,
  why: string,
): readonly NewEntry[] {
  const denied = entries.flatMap((entry) => (entry.kind === 'denied' ? [entry] : []));
  const lately = denied.filter((one) => isSame(one.by, person) && nowMs - Date.parse(one.at) < minuteMs);
  const wanted = wantedOf(command);
  const isKnown = lately.some((one: EntryOf<'denied'>) => one.wanted === wanted && one.why === why);
  if (isKnown || lately.length >= perMinute || denied.length >= perEdition) return [];
  return [{ kind: 'denied', at: iso(nowMs), by: person, wanted, why }];
}

/** What a command asks for, in a few words: never what a person wrote. */
function wantedOf(command: Command): string {
  switch (command.do) {
    case 'check':
      return `${command.done ? 'check' : 'uncheck'} an item of the pre-brief`;
    case 'propose':
      return command.proposal.what === 'stage'
        ? `propose stage ${command.proposal.stage}`
        : `propose ${command.proposal.what}`;
    case 'approve':
    case 'refuse':
      return `${command.do} a proposal`;
    case 'note':
      return 'add a note';
    case 'observe':
      return 'say what was seen';
    case 'pause':
    case 'resume':
    case 'halt':
    case 'finish':
      return command.do;
  }
}
