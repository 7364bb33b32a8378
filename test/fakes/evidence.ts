import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { Entry } from '../../lib/game-day/entry.ts';
import type { EvidenceSigner } from '../../lib/game-day/evidence/make-bundle.ts';
import type { EvidencePorts, KeptBundle, RunLeft } from '../../lib/game-day/evidence/ports.ts';
import { atMs, gameDayInput } from './game-day-log.ts';

/** A key of its own, with what pins it. */
export function signerOf(): { readonly signer: EvidenceSigner; readonly pin: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return {
    signer: {
      publicKey: async () => spki,
      sign: async (text) => sign('sha256', Buffer.from(text), privateKey),
    },
    pin: createHash('sha256').update(spki).digest('hex'),
  };
}

export interface EvidenceWorld {
  entries: readonly Entry[];
  retrospective?: string;
  readonly runs?: Readonly<Record<string, RunLeft>>;
  readonly signer: EvidenceSigner;
}

/** Everything that evidence is made of, in memory; `kept` are the bundles that were written. */
export function evidencePorts(world: EvidenceWorld): {
  readonly ports: EvidencePorts;
  readonly kept: KeptBundle[];
} {
  const kept: KeptBundle[] = [];
  const ports: EvidencePorts = {
    clock: { now: () => atMs(9_000) },
    log: { read: async () => world.entries },
    inputs: { load: async () => gameDayInput() },
    runs: { read: async (runId) => world.runs?.[runId] },
    retrospectives: { read: async () => world.retrospective },
    bundles: {
      latest: async () => kept.at(-1),
      save: async (edition, version, text) => {
        if (kept.some((one) => one.version === version)) return 'conflict';
        kept.push({ place: `${edition}/${version}`, version, text });
        return { place: `${edition}/${version}` };
      },
    },
    signer: world.signer,
  };
  return { ports, kept };
}
