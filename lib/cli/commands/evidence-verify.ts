import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type EvidenceReport, verifyEvidence } from '../../game-day/evidence/verify-evidence.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { pinOf } from '../game-day/pinned-key.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface EvidenceVerifyFlags {
  readonly key: string;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly json?: boolean | undefined;
}

/** More than the journals of any game day come to. */
const largestBytes = 268_435_456;

/** Whether a bundle is what the holder of a key has signed: exit 0, or 4 with what was changed. */
export async function evidenceVerifyCommand(
  io: Io,
  named: string,
  flags: EvidenceVerifyFlags,
  outside: Outside,
): Promise<number> {
  const file = resolve(io.cwd, named);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile())
    throw new SteadfastError('unknown-id', `there is no file ${named}`, {
      hint: 'steadfast gameday evidence <edition> writes one',
    });
  if (found.size > largestBytes)
    throw new SteadfastError('invalid', `${named} has ${found.size} bytes, more than any evidence`);
  const pin = await pinOf(io, flags.key, flags, outside);
  const report = verifyEvidence(await readFile(file), pin);
  if (flags.json === true) {
    const { ok, sha256, fingerprint, signedAt, problems, records } = report;
    printJson(io, {
      ok,
      sha256,
      key: fingerprint ?? null,
      signedAt: signedAt ?? null,
      records: records.length,
      problems,
    });
  } else for (const line of told(named, report)) printLine(io.stdout, line);
  return report.ok ? exitCode.fine : exitCode.refused;
}

function told(
  file: string,
  { ok, problems, records, signedAt, fingerprint, sha256 }: EvidenceReport,
): readonly string[] {
  if (ok)
    return [
      `${file}: nothing was changed. ${records.length} ${records.length === 1 ? 'record' : 'records'} of ${records[0]?.name ?? 'an edition'}, signed at ${signedAt} (as the signer says) with the key ${fingerprint}.`,
      `  SHA-256 of the file: ${sha256}`,
    ];
  return [
    `${file} is not what was signed: it proves nothing.`,
    ...problems.map(({ line, message }) => `  ${line === undefined ? '' : `line ${line}: `}${message}`),
  ];
}
