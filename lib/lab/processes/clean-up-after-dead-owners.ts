import { setTimeout as sleep } from 'node:timers/promises';
import { carriersOf } from './carriers.ts';
import { type LabRecord, readRecords, registryFolder, removeRecord } from './registry.ts';
import { signalTo } from './signal-to.ts';
import { startTimeOf } from './start-time.ts';

/** How long a killed process may take to vanish: the kernel takes milliseconds, a loaded machine more. */
const vanishWithinMs = 3_000;
const lookEveryMs = 20;

const ownerIsGone = ({ owner }: LabRecord) => startTimeOf(owner.pid) !== owner.startedAt;

/** What is left of a lab: leaders that are still the processes it started, and whatever carries its token. */
function leftOf(record: LabRecord): {
  readonly leaders: readonly number[];
  readonly carriers: readonly number[];
} {
  return {
    leaders: record.processes
      .filter(({ pid, startedAt }) => startTimeOf(pid) === startedAt)
      .map(({ pid }) => pid),
    carriers: carriersOf(record.token),
  };
}

/** What is still there of labs whose owner was killed; the next clean-up ends it. Only looks. */
export const leftByDeadOwners = (
  folder = registryFolder(),
): readonly { readonly pids: readonly number[] }[] =>
  readRecords(folder)
    .filter(ownerIsGone)
    .map((record) => {
      const { leaders, carriers } = leftOf(record);
      return { pids: [...new Set([...leaders, ...carriers])] };
    });

async function endProcessesOf(record: LabRecord): Promise<number> {
  const ended = new Set<number>();
  const giveUpAtMs = performance.now() + vanishWithinMs;
  for (;;) {
    const { leaders, carriers } = leftOf(record);
    if (leaders.length + carriers.length === 0) return ended.size;
    for (const pid of leaders) signalTo(pid, 'SIGKILL');
    for (const pid of carriers) signalTo(pid, 'SIGKILL', 'process');
    for (const pid of [...leaders, ...carriers]) ended.add(pid);
    if (performance.now() > giveUpAtMs) return ended.size;
    await sleep(lookEveryMs);
  }
}

/**
 * Ends what labs have left behind whose owner was killed, and forgets them. Labs of live owners are left alone. A process
 * is ended only when its start time is the one written down, or its environment carries the lab's token.
 *
 * @returns how many processes were ended
 */
export async function cleanUpAfterDeadOwners(folder = registryFolder()): Promise<number> {
  let ended = 0;
  for (const record of readRecords(folder).filter(ownerIsGone)) {
    ended += await endProcessesOf(record);
    const { leaders, carriers } = leftOf(record);
    // A process that even SIGKILL has not ended yet (in a system call) is left to the next start.
    if (leaders.length + carriers.length === 0) removeRecord(record.file);
  }
  return ended;
}
