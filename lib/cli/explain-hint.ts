import { createColors } from 'picocolors';
import type { Problem, SteadfastError } from '../experiment/steadfast-error.ts';

/** So many codes are named; the rest stands in the document that --json prints. */
const mostNamed = 4;

/** Where more is told of codes, in one line; nothing where there are none. */
export function explainHint(codes: readonly string[], colours: boolean): string[] {
  const [first, ...others] = [...new Set(codes)].slice(0, mostNamed);
  if (first === undefined) return [];
  const also = others.length === 0 ? '' : ` (also ${others.join(', ')})`;
  return [createColors(colours).dim(`more: steadfast explain ${first}${also}`)];
}

/** Slips of the pen, and ends that somebody wished for: their message says all that there is to say. */
const plain: readonly string[] = [
  'bad-name',
  'empty',
  'halted-by-person',
  'invalid',
  'missing',
  'syntax',
  'tolerance-missed',
  'unknown-id',
  'unknown-key',
  'unknown-name',
  'unknown-value',
  'wrong-type',
];

/** The codes of problems that are worth an explanation; notes are told as they are. */
export const codesOf = (problems: readonly Pick<Problem, 'code' | 'severity'>[]): string[] =>
  problems.flatMap(({ code, severity }) => (severity === 'note' || plain.includes(code) ? [] : [code]));

/** Errors whose own words say only what was refused, and whose explanation says whom to ask and where to look. */
const worthTelling: readonly SteadfastError['code'][] = ['internal', 'lease-lost', 'permission'];

/** Where more is told of an error: by the codes of its problems, else by its own where that helps. */
export const hintOfError = ({ code, problems }: SteadfastError, colours: boolean): string[] =>
  explainHint(problems.length > 0 ? codesOf(problems) : worthTelling.filter((one) => one === code), colours);
