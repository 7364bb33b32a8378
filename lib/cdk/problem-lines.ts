import { relative } from 'node:path';
import type { Problem } from '../experiment/steadfast-error.ts';

/** A refusal as lines for people: what is refused, then each problem with its place and how to mend it. */
export function problemLines(refusal: {
  readonly message: string;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];
}): string[] {
  return [
    `steadfast: ${refusal.message}`,
    ...(refusal.hint === undefined ? [] : [`  ${refusal.hint}`]),
    ...refusal.problems.flatMap(({ file, line, path, message, hint }) => [
      `${placeOf(file, line)}${path.length === 0 ? '' : `${path.join('.')}: `}${message}`,
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ]),
  ];
}

const placeOf = (file: string | undefined, line: number | undefined) =>
  file === undefined ? '' : `${relative(process.cwd(), file)}${line === undefined ? '' : `:${line}`}: `;
