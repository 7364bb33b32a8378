import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const mebibyte = 1_048_576;
/** How much is taken at once: little beside what stays free, so that the look before it is worth something. */
const pieceBytes = 32 * mebibyte;
/** How often it looks whether the machine still has enough. */
const lookEveryMs = 50;

export interface HeldMemory {
  heldBytes(): number;
}

/**
 * Takes memory piece by piece, writes to every page of it, and keeps it until this process ends. Lets go of all of it as soon as
 * the machine has less left than it should.
 */
export function holdMemory(
  bytes: number,
  leaveBytes: number,
  onGivenUp: (why: string) => void,
  availableBytes: () => number = () => process.availableMemory(),
): HeldMemory {
  try {
    // Should memory run out all the same, the kernel is to end this process before any other (proc_pid_oom_score_adj(5)).
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Linux alone has it
  }
  // Random, since equal bytes could be compressed away.
  const noise = randomBytes(mebibyte);
  let held: Buffer[] = [];
  let heldBytes = 0;
  const look = () => {
    const available = availableBytes();
    if (available < leaveBytes) {
      held = [];
      const hadMib = Math.round(heldBytes / mebibyte);
      heldBytes = 0;
      onGivenUp(
        `it let go of ${hadMib} MiB, since the machine had only ${Math.floor(available / mebibyte)} MiB left`,
      );
      return;
    }
    const next = Math.min(pieceBytes, bytes - heldBytes);
    if (next > 0) {
      held.push(Buffer.alloc(next, noise));
      heldBytes += next;
    }
    // While it takes, it goes on at once; what it has it guards.
    if (next > 0) setImmediate(look);
    else setTimeout(look, lookEveryMs);
  };
  look();
  return { heldBytes: () => heldBytes };
}
