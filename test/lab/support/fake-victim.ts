import type { Piece, Victim } from '../../../lib/lab/proxy/toxic.ts';
import type { Random } from '../../../lib/run/ports.ts';
import { fakeTimers } from './fake-timers.ts';

/** A connection without sockets: its time goes as the test says, and it tells what a toxic did to it. */
export function fakeVictim(random: Random = { next: () => 0.5 }) {
  const did: string[] = [];
  const { timers, pending, advance } = fakeTimers();
  let passed = 0;
  const victim: Victim = {
    random,
    nowMs: () => timers.nowMs(),
    after: (ms, call) => timers.after(ms, call),
    passedBytes: () => passed,
    reset: () => void did.push('reset'),
    close: () => void did.push('close'),
    answer: (bytes) => void did.push(`answer ${bytes.toString()}`),
  };
  return {
    victim,
    did,
    pending,
    advance,
    /** The toxic has passed on so many bytes. */
    pass: (bytes: number) => {
      passed += bytes;
    },
  };
}

/** A piece of these bytes. */
export const bytesPiece = (bytes: string | Buffer): Extract<Piece, { kind: 'bytes' }> => ({
  kind: 'bytes',
  bytes: Buffer.from(bytes),
});
