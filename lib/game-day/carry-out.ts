import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { Person } from './actor.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Asking } from './decisions/asking.ts';
import { haltEntries } from './decisions/conduct.ts';
import { deniedEntries } from './denied.ts';
import type { Entry, NewEntry } from './entry.ts';
import type { GameDayPorts } from './ports.ts';
import { reduce } from './reduce.ts';
import { releaseKillSwitch } from './release.ts';
import { answerOf } from './stage-answer.ts';
import type { GameDayState } from './state.ts';

/** Somebody who wants something of an edition. */
export interface Wish {
  readonly edition: string;
  readonly person: Person;
  readonly command: Command;
}

/** An edition after what somebody wanted was done. */
export interface CarriedOut {
  readonly state: GameDayState;
  readonly entries: readonly Entry[];
}

/** Each conflict means that somebody else has written; so many in a row within one call do not happen to people. */
const mostTries = 20;

/**
 * Carries out what a person wants: reads the log, decides by what it comes to, writes, and only then acts. Where somebody else was
 * quicker, what they have written is read and it is decided again. A halt acts first.
 *
 * @throws SteadfastError where it may not be; what was wanted and why not is written down
 */
export const carryOut = (ports: GameDayPorts, wish: Wish): Promise<CarriedOut> =>
  wish.command.do === 'halt' ? halt(ports, wish, wish.command.reason) : carryOutInTurn(ports, wish);

async function carryOutInTurn(ports: GameDayPorts, wish: Wish): Promise<CarriedOut> {
  const { edition, command } = wish;
  const written = await write(ports, wish, async (asking) => {
    try {
      return decide(asking, command);
    } catch (thrown) {
      await writeDenied(ports, wish, asking, thrown);
      throw thrown;
    }
  });
  const { state, entries } = written;
  if (command.do === 'approve' || command.do === 'refuse') {
    const isOfStage = state.pending?.id === command.proposal;
    const answer = isOfStage ? answerOf(state, entries) : undefined;
    // A run that could not be answered now is answered by the machine's next look.
    if (answer !== undefined) await ports.runs.answer(answer.runId, answer.answer).catch(() => undefined);
    else if (command.do === 'approve') await releaseKillSwitch(ports, edition, written);
  }
  return written;
}

/** Acts first, and is written down afterwards: neither a log that cannot be read nor one that cannot be written keeps anything going. */
async function halt(ports: GameDayPorts, wish: Wish, reason: string | undefined): Promise<CarriedOut> {
  const { edition, person } = wish;
  const why = reason ?? 'a person in a game day wanted it';
  const { stopped } = await ports.killSwitch.halt(edition, why, person);
  try {
    let tries = 0;
    const written = await write(ports, wish, async (asking) => {
      tries += 1;
      return haltEntries(asking, reason, stopped);
    });
    // Where there was a halt before, somebody who gave go may just be releasing the kill switch: they look after it, and so do we.
    const isFirst = written.entries.filter(({ kind }) => kind === 'halted').length < 2;
    if (tries > 1 || !isFirst) await ports.killSwitch.halt(edition, why, person);
    return written;
  } catch (cause) {
    throw new SteadfastError(
      'internal',
      `it was halted (${stopped}), but that could not be written down: ${messageOf(cause)}`,
      { hint: 'halt once more when the log can be written again, so that the others see it', cause },
    );
  }
}

/** Writes what is decided, deciding again whenever somebody was quicker. */
async function write(
  ports: GameDayPorts,
  { edition, person }: Wish,
  decideNow: (asking: Asking) => Promise<readonly NewEntry[]>,
): Promise<CarriedOut> {
  const input = await ports.inputs.load(edition);
  for (let left = mostTries; left > 0; left -= 1) {
    const entries = await ports.log.read(edition);
    const state = reduce(input, entries);
    const decided = await decideNow({ input, state, entries, person, nowMs: ports.clock.now() });
    if (decided.length === 0) return { state, entries };
    if ((await ports.log.append(edition, state.entries, decided)) === 'conflict') continue;
    const after = await ports.log.read(edition);
    return { state: reduce(input, after), entries: after };
  }
  throw new SteadfastError('busy', 'others kept writing at the same moment', { hint: 'do it again' });
}

/** What was refused is part of the record; that it could not be written changes nothing about the refusal. */
async function writeDenied(ports: GameDayPorts, wish: Wish, asking: Asking, thrown: unknown): Promise<void> {
  const denied = deniedEntries(asking, wish.command, messageOf(thrown));
  if (denied.length > 0)
    await ports.log.append(wish.edition, asking.state.entries, denied).catch(() => undefined);
}
