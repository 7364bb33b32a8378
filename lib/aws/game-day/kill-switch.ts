import { randomUUID } from 'node:crypto';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { provenName } from '../../game-day/actor-name.ts';
import type { KillSwitch } from '../../game-day/ports.ts';
import { type HaltReport, halt, unlock } from '../../run/independent/halt.ts';
import type { HaltItem } from '../../run/independent/halt-ports.ts';
import type { Clock } from '../../run/ports.ts';
import type { AwsClients } from '../clients.ts';
import type { KillSwitchRequest } from '../command/kill-switch.ts';
import { createHaltPorts } from '../independent/halt-ports.ts';
import { startKillSwitch } from './kill-switch-machine.ts';

/** The kill switch's machine answers in a few seconds; whoever pressed the button has a function of 30 s. */
const withinMs = 10_000;

/** The longest text that the kill switch takes (lambdas/halt-handler.ts). */
const longestText = 500;

/** Whoever an edition halted in the name of: by this it knows its own halt again. */
const ownerOf = (edition: string) => `game day ${edition}: `;

/**
 * The kill switch in the hand of a game day: the environment's own machine, and where that cannot be started or does not answer, the same
 * from here. It is released only by the edition that engaged it: whoever had halted before, or has since, unlocks it themselves.
 */
export function createAwsKillSwitch(options: {
  readonly clients: Pick<AwsClients, 'dynamo' | 'eventBridge' | 'fis' | 'sfn' | 'sns'>;
  readonly clock: Clock;
  readonly environment: string;
  readonly table: string;
  readonly topicArn: string;
  /** ARN of the kill switch's machine. */
  readonly haltArn: string;
}): KillSwitch {
  const { clients, clock, haltArn } = options;
  const ports = createHaltPorts(options);

  /** By its machine, which ends runs even where this function dies. */
  const byMachine = (request: KillSwitchRequest) =>
    startKillSwitch({
      sfn: clients.sfn,
      clock,
      stateMachineArn: haltArn,
      name: `game-day-${randomUUID()}`,
      request,
      withinMs,
    });

  const before = async (): Promise<HaltItem | 'unknown' | undefined> => {
    try {
      return await ports.halts.read(undefined);
    } catch {
      return 'unknown';
    }
  };

  return {
    halt: async (edition, why, actor) => {
      const found = await before();
      const owner = ownerOf(edition);
      // Somebody else's halt stays somebody else's, so that this edition does not undo it; so does one of which nobody can tell.
      const isOwn = found === undefined || (found !== 'unknown' && found.by.startsWith(owner));
      const by = cut(
        isOwn ? `${owner}${provenName(actor)}` : `${provenName(actor)}, in the game day ${edition}`,
      );
      const reason = cut(why);
      try {
        return { stopped: inWords(await byMachine({ reason, by })) };
      } catch (cause) {
        const report = await halt(ports, { reason, by });
        return {
          stopped: `${inWords(report)} (from here, since the kill switch's machine did not: ${messageOf(cause)})`,
        };
      }
    },

    release: async (edition) => {
      const found = await ports.halts.read(undefined);
      if (found === undefined || !found.by.startsWith(ownerOf(edition))) return;
      const request = { reason: 'go was given again', by: `${ownerOf(edition)}go` };
      try {
        await byMachine({ ...request, unlock: true });
      } catch (cause) {
        const { problems } = await unlock(ports, request);
        if (problems.length === 0) return;
        throw new SteadfastError(
          'internal',
          `the kill switch could not be released: ${problems.join('; ')}`,
          {
            hint: 'steadfast unlock releases it, by somebody who may',
            cause,
          },
        );
      }
    },
  };
}

const cut = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`;

/** What was stopped, and what could not be, as a sentence without a full stop. */
function inWords({
  stopped,
  runs,
  locked,
  problems = [],
}: Pick<HaltReport, 'locked' | 'runs'> & {
  readonly stopped: readonly { readonly id: string }[];
  readonly problems?: readonly string[];
}): string {
  return [
    stopped.length === 0
      ? 'no fault was active'
      : `the end of ${stopped.map(({ id }) => id).join(', ')} was asked for`,
    runs.length === 0 ? 'no run was under way' : `${runs.join(', ')} conclude`,
    locked ? 'nothing starts until go is given again' : 'new starts are NOT refused',
    ...problems.map((problem) => `could not be done: ${problem}`),
  ].join('; ');
}
