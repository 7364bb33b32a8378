import type { Pressure, PressureCounters } from '../pressure/pressure.ts';
import type { ActionContext, Bite } from './action-handler.ts';

/** Puts the machine under a pressure for a time, and tells what it did. It ends on every path. */
export async function pressFor(
  { lab, clock, signal }: ActionContext,
  durationMs: number,
  {
    pressure,
    vain,
    done,
  }: {
    /** None where nothing is asked for. */
    readonly pressure: Pressure | undefined;
    /** Why that is. */
    readonly vain: string;
    /** How much it has done; 0 is nothing. */
    readonly done: (counters: PressureCounters) => number;
  },
): Promise<Bite> {
  if (pressure === undefined) {
    await clock.sleep(durationMs, signal);
    return { bit: false, evidence: 'nothing was put under pressure', likely: vain };
  }
  const pressing = await lab.press(pressure);
  let gaveUp: string | undefined;
  try {
    await clock.sleep(durationMs, signal);
    gaveUp = pressing.gaveUp();
  } finally {
    await pressing.stop();
  }
  const didSomething = done(pressing.counters()) > 0;
  return {
    // What ended before its time was on for a part of it, which nobody knows.
    bit: didSomething && gaveUp !== undefined ? undefined : didSomething,
    evidence: pressing.evidence(),
    ...(gaveUp === undefined ? {} : { likely: gaveUp }),
  };
}
