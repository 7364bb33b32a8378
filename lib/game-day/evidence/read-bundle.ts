import type * as z from 'zod/mini';
import { canonicalJson } from '../../plan/canonical-json.ts';
import {
  type EvidenceRecord,
  type EvidenceSignature,
  hashOfLine,
  recordSchema,
  signatureSchema,
} from './record.ts';

/** A line of a file as it was found: what it holds, or why nobody can say. */
export interface FoundLine<T> {
  /** From 1. */
  readonly line: number;
  readonly holds?: T;
  /** A sentence without a full stop. */
  readonly wrong?: string;
}

export interface FoundBundle {
  readonly records: readonly FoundLine<EvidenceRecord>[];
  /** The last line. */
  readonly signature: FoundLine<EvidenceSignature>;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The lines of a file; what a line should be, it is to the last byte, or it is wrong. Hashes are compared with what they are of, not yet with each other. */
export function readBundle(bytes: Uint8Array): FoundBundle {
  const lines = linesOf(bytes);
  return {
    records: lines.slice(0, -1).map((line, index) => readLine(line, index + 1, recordSchema)),
    signature: readLine(lines.at(-1) ?? bytes.subarray(0, 0), Math.max(1, lines.length), signatureSchema),
  };
}

const newline = 0x0a;

/** Each with the newline that ends it; a last one without is kept as it is, and is wrong. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(newline, from);
    const end = at === -1 ? bytes.length : at + 1;
    lines.push(bytes.subarray(from, end));
    from = end;
  }
  return lines;
}

function readLine<T extends EvidenceRecord | EvidenceSignature>(
  bytes: Uint8Array,
  line: number,
  schema: z.ZodMiniType<T>,
): FoundLine<T> {
  const wrong = (why: string): FoundLine<T> => ({ line, wrong: why });
  if (bytes.at(-1) !== newline)
    return wrong('does not end as a line does: something is missing behind it, or was added');
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes.subarray(0, -1));
  } catch {
    return wrong('is no UTF-8');
  }
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('is no JSON');
  }
  if (canonicalJson(value) !== text)
    return wrong('is not written as it was signed: the order of its keys, or white space');
  const read = schema.safeParse(value);
  if (!read.success) return wrong('is not what a bundle holds in this place');
  if (hashOfLine(read.data) !== read.data.hash)
    return { line, holds: read.data, wrong: 'is not what its hash is of' };
  return { line, holds: read.data };
}
