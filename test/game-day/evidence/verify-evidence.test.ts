import { beforeAll, describe, expect, it } from 'vitest';
import { hashOfLine, recordSchema } from '../../../lib/game-day/evidence/record.ts';
import { verifyEvidence } from '../../../lib/game-day/evidence/verify-evidence.ts';
import { writeEvidence } from '../../../lib/game-day/evidence/write-evidence.ts';
import { canonicalJson } from '../../../lib/plan/canonical-json.ts';
import { evidencePorts, signerOf } from '../../fakes/evidence.ts';
import { began, ended, launched, line, logOf } from '../../fakes/game-day-log.ts';

const { signer, pin } = signerOf();
const entries = logOf(began(), launched(10), line(20, 'fault-began'), ended(60));

let lines: readonly string[];
beforeAll(async () => {
  const { ports, kept } = evidencePorts({ entries, signer });
  await writeEvidence(ports, 'payment-down-20260501-090000-abcd');
  lines = (kept[0]?.text ?? '').split('\n').slice(0, -1);
});

const problemsOf = (changed: readonly string[]) =>
  verifyEvidence(Buffer.from(changed.map((one) => `${one}\n`).join('')), pin).problems.map(
    ({ code, message }) => `${code}: ${message}`,
  );

/** A forger who changes what a record holds, and hashes everything anew that follows. */
function rehashed(from: number, change: (content: string) => string): readonly string[] {
  let previous: string | undefined;
  return lines.map((text, index) => {
    const record = recordSchema.safeParse(JSON.parse(text));
    if (index < from || !record.success) return text;
    const content: unknown = JSON.parse(
      index === from ? change(JSON.stringify(record.data.content)) : JSON.stringify(record.data.content),
    );
    const unhashed = recordSchema.parse({
      ...record.data,
      content,
      previous: previous ?? record.data.previous,
    });
    const hash = hashOfLine(unhashed);
    previous = hash;
    return canonicalJson({ ...unhashed, hash });
  });
}

describe('verifying evidence', () => {
  it('accepts what nobody has changed, and says what it is', () => {
    const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''));
    const report = verifyEvidence(bytes, pin);
    expect(report).toMatchObject({ ok: true, problems: [], fingerprint: pin });
    expect(report.records.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'bundle payment-down-20260501-090000-abcd',
      'input payment-down',
      'entry 1 (began)',
      'entry 2 (launched)',
      'entry 3 (run)',
      'entry 4 (ended)',
      'journal payment-down-20260501-090000-abcd-1-1',
      'timeline timeline.txt',
    ]);
  });

  it('names the record that was changed', () => {
    const changed = lines.map((one, index) => (index === 5 ? one.replace('held', 'hurt') : one));
    expect(problemsOf(changed)).toEqual([
      'changed: entry 4 (ended) was changed: line 6 is not what its hash is of',
    ]);
    const broken = lines.map((one, index) => (index === 5 ? one.replace('{', '') : one));
    expect(problemsOf(broken)).toEqual(['changed: entry 4 (ended) was changed: line 6 is no JSON']);
    const spaced = lines.map((one, index) => (index === 5 ? one.replace('{', '{ ') : one));
    expect(problemsOf(spaced)).toEqual([
      'changed: entry 4 (ended) was changed: line 6 is not written as it was signed: the order of its keys, or white space',
    ]);
  });

  it('names it also where everything behind it was hashed anew', () => {
    const forged = rehashed(5, (content) => content.replace('held', 'hurt'));
    expect(problemsOf(forged)[0]).toBe(
      'changed: entry 4 (ended) was changed: line 6 holds something else, hashed anew',
    );
  });

  it('names what was taken out, put in, doubled or moved', () => {
    expect(problemsOf(lines.toSpliced(3, 1))).toEqual(['removed: entry 2 (launched), line 4, was taken out']);
    const [second = '', third = ''] = lines.slice(2, 4);
    expect(problemsOf(lines.toSpliced(4, 0, third))).toEqual([
      'added: line 5 was put in: it is none of the records that were signed',
    ]);
    expect(problemsOf(lines.with(2, third).with(3, second))).toEqual([
      'moved: entry 1 (began) stands in line 4 and belongs into line 3',
    ]);
    expect(problemsOf(lines.slice(0, -1))[0]).toMatch(/^signature: the last line, which signs all others, /);
    expect(problemsOf([])[0]).toMatch(/^signature: /);
  });

  it('trusts no key for being inside the bundle', async () => {
    const forger = signerOf();
    const { ports, kept } = evidencePorts({ entries, signer: forger.signer });
    await writeEvidence(ports, 'payment-down-20260501-090000-abcd');
    const report = verifyEvidence(Buffer.from(kept[0]?.text ?? ''), pin);
    expect(report.problems).toEqual([
      {
        code: 'key',
        line: 9,
        message: `it was signed with the key ${forger.pin}, and the one to be trusted is ${pin}`,
      },
    ]);
  });

  it('says that nothing is proven where the signature or the list that it is of was changed', () => {
    const last = lines.at(-1) ?? '';
    const changed = (from: string, to: string) => problemsOf([...lines.slice(0, -1), last.replace(from, to)]);
    expect(changed('"2026-05-01T11:30', '"2026-05-01T10:30')[0]).toBe(
      'signature: the last line, which signs all others, is not what its hash is of',
    );
    expect(changed('4 (ended)', '4 (enied)')).toContain(
      'signature: the signature is not of this list of records: the list or the signature was changed',
    );
  });
});
