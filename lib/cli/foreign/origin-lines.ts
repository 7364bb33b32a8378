import { createColors } from 'picocolors';
import type { ImportedFrom } from '../../run/imported-from.ts';

/**
 * What was made of another tool's experiment, for people, before it is rehearsed: what its hosts and targets were taken for, and what
 * differs from what it says.
 */
export function originLines(origin: ImportedFrom, title: string, lab: string, colours: boolean): string[] {
  const paint = createColors(colours);
  const { file, notes, approximated, refused, open } = origin;
  const explained = (all: readonly { readonly path: string; readonly why: string }[]) =>
    all.flatMap(({ path, why }) => [`  ${path || 'the document'}`, `      ${paint.dim(why)}`]);
  return [
    `${paint.bold(file)} (${title}) is taken in as it stands, for the lab ${lab}. None of its hosts is asked.`,
    ...notes.map((note) => `  - ${note}`),
    ...section(paint.yellow('Approximated:'), explained(approximated)),
    ...section(paint.red('Not taken over:'), explained(refused)),
    ...section(
      'Left open, with what is proposed meanwhile:',
      open.map(({ path, question }) => `  ${[path, question].filter(Boolean).join(': ')}`),
    ),
    '',
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];
