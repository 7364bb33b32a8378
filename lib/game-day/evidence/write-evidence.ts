import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { hashOf } from '../../plan/hash.ts';
import { fingerprintOf } from './ecdsa.ts';
import { headOf, makeBundle } from './make-bundle.ts';
import type { EvidencePorts, KeptBundle, RunLeft } from './ports.ts';
import { readBundle } from './read-bundle.ts';
import type { NewRecord } from './record.ts';
import { headerOf, recordsOf } from './records-of.ts';

export interface WrittenEvidence {
  readonly place: string;
  readonly version: number;
  readonly sha256: string;
  /** Of the key that signed it: what a verifier pins. */
  readonly fingerprint: string;
}

/** Two writers of one edition are rare: a step that was delivered twice, or a retrospective at the very end. */
const tries = 5;

/**
 * Makes a bundle of all that there is of an edition, signed, as its next version, which names the one before by its hash. Where nothing is
 * new it gives the newest there is.
 *
 * @throws SteadfastError `busy` where others keep writing it
 */
export async function writeEvidence(ports: EvidencePorts, edition: string): Promise<WrittenEvidence> {
  const { bundles, signer, clock } = ports;
  for (let again = 0; again < tries; again += 1) {
    const former = await bundles.latest(edition);
    const records = await gather(ports, edition);
    if (former !== undefined && holds(former, records)) return told(former);
    const version = (former?.version ?? 0) + 1;
    const header = headerOf(edition, version, former === undefined ? undefined : headOf(former.text));
    const text = await makeBundle([header, ...records], signer, clock.now());
    const saved = await bundles.save(edition, version, text);
    if (saved !== 'conflict') return told({ ...saved, version, text });
  }
  throw new SteadfastError('busy', `others keep writing the evidence of ${edition}`, { hint: 'try again' });
}

async function gather(ports: EvidencePorts, edition: string): Promise<readonly NewRecord[]> {
  const [input, entries, retrospective] = await Promise.all([
    ports.inputs.load(edition),
    ports.log.read(edition),
    ports.retrospectives.read(edition),
  ]);
  const runs = new Map<string, RunLeft | undefined>();
  for (const entry of entries)
    if (entry.kind === 'launched') runs.set(entry.runId, await ports.runs.read(entry.runId));
  return recordsOf({ input, entries, runs, retrospective });
}

/** Whether a bundle holds just these, behind its header. */
function holds({ text }: KeptBundle, records: readonly NewRecord[]): boolean {
  const found = readBundle(Buffer.from(text)).records.slice(1);
  const kept = found.map(({ holds: one }) => one && { kind: one.kind, name: one.name, content: one.content });
  return hashOf(kept) === hashOf(records);
}

function told({ place, version, text }: KeptBundle): WrittenEvidence {
  const { holds: signed } = readBundle(Buffer.from(text)).signature;
  const fingerprint = fingerprintOf(Buffer.from(signed?.key ?? '', 'hex'));
  return { place, version, sha256: headOf(text), fingerprint };
}
