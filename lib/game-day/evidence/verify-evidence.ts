import type { KeyObject } from 'node:crypto';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { sha256 } from '../../plan/hash.ts';
import { fingerprintOf, isSignedBy, readPublicKey } from './ecdsa.ts';
import { type FoundBundle, type FoundLine, readBundle } from './read-bundle.ts';
import { type EvidenceRecord, type EvidenceSignature, noHash, signedText } from './record.ts';

/** What is wrong with a bundle, and where. */
interface EvidenceProblem {
  readonly code:
    | 'signature' // nothing in the file is proven
    | 'key'
    | 'changed'
    | 'removed'
    | 'added'
    | 'moved';
  /** A sentence without a full stop. */
  readonly message: string;
  /** From 1, where it is about one that is there. */
  readonly line?: number;
  readonly record?: { readonly kind: string; readonly name: string };
}

export interface EvidenceReport {
  readonly ok: boolean;
  readonly problems: readonly EvidenceProblem[];
  /** What names the whole file, byte for byte. */
  readonly sha256: string;
  /** The key that the file says it was signed with. */
  readonly fingerprint?: string;
  readonly signedAt?: string;
  /** The records, in order; what they hold counts only where `ok`. */
  readonly records: readonly EvidenceRecord[];
}

/**
 * Whether a bundle is to the byte what the holder of a pinned key has signed, and what was changed where it is not. The key inside of the
 * bundle is compared with the pin and proves nothing by itself.
 */
export function verifyEvidence(bytes: Uint8Array, pin: string): EvidenceReport {
  const found = readBundle(bytes);
  const { signature } = found;
  const problems = [...problemsOfSignature(signature, pin), ...problemsOfRecords(found)];
  const { key, signedAt } = signature.holds ?? {};
  return {
    ok: problems.length === 0,
    problems,
    sha256: sha256(bytes),
    ...(key === undefined ? {} : { fingerprint: fingerprintOf(Buffer.from(key, 'hex')) }),
    ...(signedAt === undefined ? {} : { signedAt }),
    records: found.records.flatMap(({ holds }) => holds ?? []),
  };
}

function problemsOfSignature(
  { line, holds, wrong }: FoundLine<EvidenceSignature>,
  pin: string,
): readonly EvidenceProblem[] {
  const problem = (code: 'signature' | 'key', message: string): EvidenceProblem => ({ code, message, line });
  if (holds === undefined)
    return [problem('signature', `the last line, which signs all others, ${wrong ?? 'is missing'}`)];
  const problems: EvidenceProblem[] = [];
  if (wrong !== undefined)
    problems.push(problem('signature', `the last line, which signs all others, ${wrong}`));
  const spki = Buffer.from(holds.key, 'hex');
  const fingerprint = fingerprintOf(spki);
  if (fingerprint !== pin)
    return [
      ...problems,
      problem('key', `it was signed with the key ${fingerprint}, and the one to be trusted is ${pin}`),
    ];
  let key: KeyObject;
  try {
    key = readPublicKey(spki);
  } catch (thrown) {
    return [...problems, problem('key', messageOf(thrown))];
  }
  if (!isSignedBy(key, signedText(holds), holds.signature))
    problems.push(
      problem(
        'signature',
        'the signature is not of this list of records: the list or the signature was changed',
      ),
    );
  return problems;
}

/** Compares what is there with the list that was signed: what was changed, taken out, put in, or put elsewhere. */
function problemsOfRecords({ records, signature }: FoundBundle): readonly EvidenceProblem[] {
  const listed = signature.holds?.records;
  if (listed === undefined) return brokenLines(records);
  const problems: EvidenceProblem[] = [];
  const placeOf = new Map(listed.map(([, , hash], index) => [hash, index]));
  const seen = new Set<number>();
  const strangers = new Map<number, FoundLine<EvidenceRecord>>();
  let last = -1;
  records.forEach((one, index) => {
    const place = one.wrong === undefined ? placeOf.get(one.holds?.hash ?? '') : undefined;
    if (place === undefined || seen.has(place)) strangers.set(index, one);
    else {
      if (place < last)
        problems.push({
          code: 'moved',
          line: one.line,
          ...recordOf(listed[place]),
          message: `${nameOf(listed[place])} stands in line ${one.line} and belongs into line ${place + 1}`,
        });
      last = Math.max(last, place);
      seen.add(place);
    }
  });
  listed.forEach((entry, place) => {
    if (seen.has(place)) return;
    const instead = strangers.get(place);
    strangers.delete(place);
    problems.push(
      instead === undefined
        ? {
            code: 'removed',
            ...recordOf(entry),
            message: `${nameOf(entry)}, line ${place + 1}, was taken out`,
          }
        : {
            code: 'changed',
            line: instead.line,
            ...recordOf(entry),
            message: `${nameOf(entry)} was changed: line ${instead.line} ${instead.wrong ?? 'holds something else, hashed anew'}`,
          },
    );
  });
  for (const { line } of strangers.values())
    problems.push({
      code: 'added',
      line,
      message: `line ${line} was put in: it is none of the records that were signed`,
    });
  return problems.length > 0 ? problems : brokenChain(records, signature);
}

type Listed = EvidenceSignature['records'][number];

const recordOf = (listed: Listed | undefined): Pick<EvidenceProblem, 'record'> =>
  listed === undefined ? {} : { record: { kind: listed[0], name: listed[1] } };

const nameOf = (listed: Listed | undefined): string =>
  listed === undefined ? 'a record' : `${listed[0]} ${listed[1]}`;

const brokenLines = (records: readonly FoundLine<EvidenceRecord>[]): readonly EvidenceProblem[] =>
  records.flatMap(({ line, holds, wrong }) =>
    wrong === undefined
      ? []
      : [
          {
            code: 'changed' as const,
            line,
            ...(holds === undefined ? {} : { record: { kind: holds.kind, name: holds.name } }),
            message: `line ${line}${holds === undefined ? '' : `, ${holds.kind} ${holds.name},`} ${wrong}`,
          },
        ],
  );

/** What was signed is a chain: a signer who writes none is not taken for one who does. */
function brokenChain(
  records: readonly FoundLine<EvidenceRecord>[],
  signature: FoundLine<EvidenceSignature>,
): readonly EvidenceProblem[] {
  const problems: EvidenceProblem[] = [];
  let previous = noHash;
  for (const { line, holds } of [...records, signature]) {
    if (holds === undefined) continue;
    if (holds.previous !== previous || holds.number !== line)
      problems.push({ code: 'changed', line, message: `line ${line} does not follow the one before it` });
    previous = holds.hash;
  }
  return problems;
}
