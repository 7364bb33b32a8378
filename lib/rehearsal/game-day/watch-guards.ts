import type { EntryOf } from '../../game-day/entry.ts';
import type { GameDayLog } from '../../game-day/ports.ts';
import { iso } from '../../run/iso.ts';
import type { Clock, Guards } from '../../run/ports.ts';

/** The lab looks at its own guards as often while a fault goes on (docs/explanation/rehearsal.md). */
const everyMs = 500;

type AlarmState = EntryOf<'alarm'>['state'];

const stateOf: Readonly<Record<string, AlarmState>> = {
  ok: 'OK',
  alarm: 'ALARM',
  'no data': 'INSUFFICIENT_DATA',
};

/**
 * Writes down how the guards of the lab are at first, and when they go into alarm and are clear again, as the scribe does of alarms in AWS.
 * What cannot be written now is written at the next look.
 */
export async function watchGuards(options: {
  readonly edition: string;
  readonly guards: Guards;
  readonly log: Pick<GameDayLog, 'append' | 'read'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { edition, guards, log, clock, signal } = options;
  const last = new Map<string, AlarmState>();

  const write = async (alarm: string, state: AlarmState, reason: string): Promise<boolean> => {
    const at = iso(clock.now());
    const { length } = await log.read(edition);
    // The first entry says that the edition began.
    if (length === 0) return false;
    const by = { proof: 'steadfast' } as const;
    const entry = { kind: 'alarm', at, by, key: `${alarm}/${at}/${state}`, alarm, state, reason } as const;
    return (await log.append(edition, length, [entry]).catch(() => 'conflict')) === 'written';
  };

  while (!signal.aborted) {
    for (const { guard, state, detail } of await guards.read()) {
      const now = stateOf[state];
      if (now === undefined || last.get(guard) === now) continue;
      if (await write(guard, now, detail ?? '')) last.set(guard, now);
    }
    await clock.sleep(everyMs, signal);
  }
}
