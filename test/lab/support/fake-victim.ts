import type { Piece, Victim } from '../../../lib/lab/proxy/toxic.ts';
import type { Random } from '../../../lib/run/ports.ts';

/** A connection without sockets: its time goes as the test says, and it tells what a toxic did to it. */
export function fakeVictim(random: Random = { next: () => 0.5 }) {
  const did: string[] = [];
  let nowMs = 0;
  let passed = 0;
  let waiting: { readonly dueMs: number; readonly call: () => void }[] = [];
  const victim: Victim = {
    random,
    nowMs: () => nowMs,
    after: (ms, call) => {
      const one = { dueMs: nowMs + ms, call };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    passedBytes: () => passed,
    reset: () => void did.push('reset'),
    close: () => void did.push('close'),
    answer: (bytes) => void did.push(`answer ${bytes.toString()}`),
  };
  return {
    victim,
    did,
    /** How many calls it still waits for. */
    waiting: () => waiting.length,
    pass: (bytes: number) => {
      passed += bytes;
    },
    advance: (ms: number) => {
      nowMs += ms;
      const due = waiting.filter((one) => one.dueMs <= nowMs);
      waiting = waiting.filter((one) => one.dueMs > nowMs);
      for (const one of due) one.call();
    },
  };
}

/** A piece of these bytes. */
export const bytesPiece = (bytes: string | Buffer): Extract<Piece, { kind: 'bytes' }> => ({
  kind: 'bytes',
  bytes: Buffer.from(bytes),
});
