import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import { seconds } from '../steady-state/words.ts';
import type { RunContext } from './context.ts';
import { polledGuards, readGuards } from './guard-states.ts';
import { iso } from './iso.ts';
import type { GuardState } from './ports.ts';
import type { RunState } from './run-state.ts';

/** CloudWatch evaluates an alarm every ten seconds at the most (high-resolution alarms): none can fire and be over in between. */
const everyMs = 5_000;

/** As long as a probe with this interval may be blind: ten seconds, or three of its intervals. */
const blindMs = Math.max(defaultMs(defaults.blind), 3 * everyMs);

/** Watches over the guards that FIS does not watch, while a fault is on. */
export interface GuardPoll {
  /** Looks again where it is time, without waiting for the answer; the reason to end the fault, as far as it is known now. */
  tick(nowMs: number): RunState['halt'];
  /** When each was last seen to be OK, for the slice that comes next. */
  seenOkMs(): Record<string, number>;
}

interface Polled {
  readonly guard: string;
  askedMs: number;
  isAsking: boolean;
  okMs: number;
  last: GuardState | undefined;
}

/**
 * Polls each such guard by itself, so that one which does not answer hides no other. One in alarm ends the fault at once; one that was
 * not seen to be OK for as long as a probe may be blind ends it too, whatever keeps it from being seen.
 */
export function pollGuards(
  context: RunContext,
  fromMs: number,
  seenOkMs: Readonly<Record<string, number>> = {},
): GuardPoll {
  const polled = polledGuards(context.input).map(
    (guard): Polled => ({
      guard,
      askedMs: Number.NEGATIVE_INFINITY,
      isAsking: false,
      okMs: seenOkMs[guard] ?? fromMs,
      last: undefined,
    }),
  );

  const look = async (one: Polled, nowMs: number): Promise<void> => {
    one.isAsking = true;
    one.askedMs = nowMs;
    const { guard } = one;
    try {
      [one.last] = await readGuards(context, [guard]);
    } catch (cause) {
      one.last = { guard, state: 'unreadable', detail: messageOf(cause) };
    }
    // As of when it was asked: an answer that took long says nothing of the time since.
    if (one.last?.state === 'ok') one.okMs = nowMs;
    one.isAsking = false;
  };

  const haltOf = ({ guard, okMs, last }: Polled, nowMs: number): RunState['halt'] => {
    const at = iso(nowMs);
    if (last?.state === 'alarm') {
      return {
        by: 'guard',
        reason: `guard ${guard}, which the runner polls, is in alarm: ${last.detail}`,
        at,
      };
    }
    if (nowMs - okMs <= blindMs) return undefined;
    const seen = last === undefined ? 'no answer' : `${last.state}: ${last.detail}`;
    return {
      by: 'blind',
      reason: `guard ${guard}, which the runner polls: not seen to be OK for ${seconds(nowMs - okMs)} (${seen})`,
      at,
    };
  };

  return {
    tick: (nowMs) => {
      for (const one of polled) if (!one.isAsking && nowMs - one.askedMs >= everyMs) void look(one, nowMs);
      const halts = polled.flatMap((one) => haltOf(one, nowMs) ?? []);
      return halts.find(({ by }) => by === 'guard') ?? halts[0];
    },
    seenOkMs: () => Object.fromEntries(polled.map(({ guard, okMs }) => [guard, okMs])),
  };
}
