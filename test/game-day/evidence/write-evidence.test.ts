import { describe, expect, it } from 'vitest';
import { verifyEvidence } from '../../../lib/game-day/evidence/verify-evidence.ts';
import { writeEvidence } from '../../../lib/game-day/evidence/write-evidence.ts';
import type { EvidenceWorld } from '../../fakes/evidence.ts';
import { evidencePorts, signerOf } from '../../fakes/evidence.ts';
import { at, began, ended, launched, logOf, sam } from '../../fakes/game-day-log.ts';

const edition = 'payment-down-20260501-090000-abcd';
const run = `${edition}-1-1`;
const { signer, pin } = signerOf();
const held = [began(), launched(10), ended(60)];

const recordsIn = (text: string | undefined) => verifyEvidence(Buffer.from(text ?? ''), pin).records;

describe('the evidence of an edition', () => {
  it('holds what was planned, every entry, what the runs left, the timeline and the retrospective', async () => {
    const { ports, kept } = evidencePorts({
      entries: logOf(...held),
      signer,
      runs: { [run]: { journal: { verdict: 'held' }, samples: { sha256: 'b'.repeat(64), bytes: 99 } } },
      retrospective: '# What we learnt\n',
    });
    const written = await writeEvidence(ports, edition);
    expect(written).toMatchObject({ place: `${edition}/1`, version: 1, fingerprint: pin });
    const report = verifyEvidence(Buffer.from(kept[0]?.text ?? ''), pin);
    expect(report).toMatchObject({ ok: true, sha256: written.sha256 });
    expect(report.records.map(({ kind }) => kind)).toEqual([
      'bundle',
      'input',
      'entry',
      'entry',
      'entry',
      'journal',
      'samples',
      'timeline',
      'retrospective',
    ]);
    expect(report.records[6]?.content).toEqual({ sha256: 'b'.repeat(64), bytes: 99 });
  });

  it('has a next version that names the one before, once there is something new', async () => {
    const world: EvidenceWorld = { entries: logOf(...held), signer };
    const { ports, kept } = evidencePorts(world);
    const first = await writeEvidence(ports, edition);
    expect(await writeEvidence(ports, edition)).toEqual(first);
    world.entries = logOf(...held, { kind: 'note', at: at(70), by: sam, text: 'Late.' });
    world.retrospective = '# What we learnt\n';
    expect(await writeEvidence(ports, edition)).toMatchObject({ version: 2 });
    expect(kept).toHaveLength(2);
    expect(recordsIn(kept[1]?.text)[0]?.content).toEqual({
      json: { format: 1, edition, version: 2, former: first.sha256 },
    });
  });

  it('is written behind that of whoever was quicker', async () => {
    const world: EvidenceWorld = { entries: logOf(...held), signer };
    const { ports, kept } = evidencePorts(world);
    const { bundles } = ports;
    let isFirst = true;
    const slow = {
      ...ports,
      bundles: {
        ...ports.bundles,
        latest: async () => {
          const found = await bundles.latest(edition);
          if (!isFirst) return found;
          isFirst = false;
          await writeEvidence(ports, edition);
          world.entries = logOf(...held, { kind: 'closed', at: at(70), by: sam });
          return found;
        },
      },
    };
    expect(await writeEvidence(slow, edition)).toMatchObject({ version: 2 });
    expect(kept.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('says so where a run left no journal', async () => {
    const { ports, kept } = evidencePorts({ entries: logOf(...held), signer });
    await writeEvidence(ports, edition);
    expect(recordsIn(kept[0]?.text).find(({ kind }) => kind === 'journal')?.content).toEqual({
      text: 'The run left no journal.',
    });
  });
});
