import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeBundle } from '../../lib/game-day/evidence/make-bundle.ts';
import type { NewRecord } from '../../lib/game-day/evidence/record.ts';
import { verifyEvidence } from '../../lib/game-day/evidence/verify-evidence.ts';
import { asJson } from '../../lib/plan/canonical-json.ts';
import { signerOf } from '../fakes/evidence.ts';
import { isLong } from '../setup.ts';

const { signer, pin } = signerOf();

const record: fc.Arbitrary<NewRecord> = fc.record({
  kind: fc.constantFrom('input', 'entry', 'journal', 'retrospective'),
  name: fc.string({ unit: 'binary', maxLength: 8 }),
  content: fc.oneof(
    fc.record({ text: fc.string({ unit: 'binary', maxLength: 20 }) }),
    fc.record({ json: fc.jsonValue({ maxDepth: 2 }).map(asJson) }),
  ),
});

const bundleOf = async (records: readonly NewRecord[]) =>
  Buffer.from(await makeBundle(records, signer, Date.parse('2026-05-01T09:00:00Z')));

const without = (bytes: Buffer, at: number) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);

const withByte = (bytes: Buffer, at: number, byte: number) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]);

describe('whatever a bundle holds,', () => {
  it('it is accepted as it was written, and with another key it is not', async () => {
    const other = signerOf().pin;
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 6 }), async (records) => {
        const bytes = await bundleOf(records);
        expect(verifyEvidence(bytes, pin).problems).toEqual([]);
        expect(verifyEvidence(bytes, other).problems).toMatchObject([{ code: 'key' }]);
      }),
      { numRuns: isLong ? 300 : 30 },
    );
  });
});

describe('of one bundle', () => {
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = await bundleOf([
      { kind: 'bundle', name: 'payment-down', content: { json: { format: 1 } } },
      { kind: 'entry', name: '1 (note)', content: { json: { text: 'Zähler: "15" \n', 10: [1, 2.5, null] } } },
      { kind: 'samples', name: 'run-1', content: { sha256: 'a'.repeat(64), bytes: 12 } },
    ]);
  });

  const isFound = (changed: Buffer) => !verifyEvidence(changed, pin).ok;

  /** All that a byte can become; in the usual run, the changes that are most like what was there, and one of chance. */
  const others = (was: number, at: number): readonly number[] => {
    if (isLong) return Array.from({ length: 255 }, (_, index) => (was + index + 1) % 256);
    return [was ^ (at % 2 === 0 ? 1 : 0x20), (was + 1 + ((at * 131) % 255)) % 256];
  };

  it('every change of a single byte is found', () => {
    const kept: string[] = [];
    bytes.forEach((was, at) => {
      for (const byte of others(was, at)) {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        if (!isFound(changed)) kept.push(`byte ${at} became ${byte}`);
      }
      if (!isFound(without(bytes, at))) kept.push(`byte ${at} was taken out`);
    });
    expect(kept).toEqual([]);
  });

  it('every byte that is put in is found', () => {
    const kept: string[] = [];
    for (let at = 0; at <= bytes.length; at += 1) {
      // White space is what readers of JSON pass over.
      const put = isLong ? Array.from({ length: 256 }, (_, byte) => byte) : [at % 2 === 0 ? 0x20 : 0x0a];
      for (const byte of put) if (!isFound(withByte(bytes, at, byte))) kept.push(`${byte} put in at ${at}`);
    }
    expect(kept).toEqual([]);
  });

  it('every beginning and every end of it is found to be less than all', () => {
    const kept: number[] = [];
    for (let at = 1; at < bytes.length; at += 1)
      if (!isFound(bytes.subarray(0, at)) || !isFound(bytes.subarray(at))) kept.push(at);
    expect([...kept, isFound(Buffer.alloc(0))]).toEqual([true]);
  });
});
