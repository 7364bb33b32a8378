import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenVariable } from './registry.ts';
import { signalTo } from './signal-to.ts';

/** The processes whose environment carries the token (Linux only), this one never among them. */
export function carriersOf(token: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const entry = `${tokenVariable}=${token}`;
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0 && pid !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
      } catch {
        return false; // it has just ended, or belongs to another user
      }
    });
}

/** How long a killed process may take to vanish: the kernel takes milliseconds, a loaded machine more. */
const vanishWithinMs = 3_000;
const lookEveryMs = 20;

/** Ends what a lab's processes have put into the background, in groups of their own. */
export async function endCarriersOf(token: string): Promise<void> {
  const giveUpAtMs = performance.now() + vanishWithinMs;
  for (let left = carriersOf(token); left.length > 0; left = carriersOf(token)) {
    for (const pid of left) signalTo(pid, 'SIGKILL', 'process');
    if (performance.now() > giveUpAtMs) return;
    await sleep(lookEveryMs);
  }
}
