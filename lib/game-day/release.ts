import type { Entry } from './entry.ts';
import type { GameDayPorts } from './ports.ts';
import type { GameDayState } from './state.ts';

/**
 * Lets runs start again once go was given after a halt. Somebody may halt at the very moment: whoever releases looks again afterwards, and
 * engages the kill switch anew where the log holds a halt by then; whoever halts after an earlier halt acts once more after writing. So
 * whichever comes last, a halt that is written is in force.
 *
 * @returns whether it is still go
 */
export async function releaseKillSwitch(
  { killSwitch, log }: GameDayPorts,
  edition: string,
  { state, entries }: { readonly state: GameDayState; readonly entries: readonly Entry[] },
): Promise<boolean> {
  if (!state.isGo) return false;
  if (!entries.some(({ kind }) => kind === 'halted')) return true;
  await killSwitch.release(edition);
  const since = await log.read(edition, state.entries);
  const halted = since.findLast((entry) => entry.kind === 'halted');
  if (halted?.kind !== 'halted') return true;
  await killSwitch.halt(edition, halted.reason, halted.by);
  return false;
}
