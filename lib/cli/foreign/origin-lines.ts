import { createColors } from 'picocolors';
import type { ImportedFrom } from '../../run/imported-from.ts';
import { plainText, wrap } from '../view/text-width.ts';

interface Look {
  readonly colours: boolean;
  /** How wide the terminal is; Infinity where it goes elsewhere. */
  readonly columns: number;
}

/**
 * What was made of another tool's experiment, for people, before it is rehearsed: what its hosts and targets were taken for, and what
 * differs from what it says. Nothing of the file moves the cursor.
 */
export function originLines(origin: ImportedFrom, title: string, lab: string, look: Look): string[] {
  const paint = createColors(look.colours);
  const { file, notes, approximated, refused, open } = origin;
  const told = (text: string, indent: string, mark = indent): string[] =>
    wrap(plainText(text), look.columns - indent.length).map(
      (line, index) => `${index === 0 ? mark : indent}${line}`,
    );
  const explained = (all: readonly { readonly path: string; readonly why: string }[]) =>
    all.flatMap(({ path, why }) => [
      `  ${plainText(path) || 'the document'}`,
      ...told(why, '      ').map(paint.dim),
    ]);
  return [
    ...told(
      `${file} (${title}) is taken in as it stands, for the lab ${lab}. None of its hosts is asked.`,
      '',
    ),
    ...notes.flatMap((note) => told(note, '    ', '  - ')),
    ...section(paint.yellow('Approximated:'), explained(approximated)),
    ...section(paint.red('Not taken over:'), explained(refused)),
    ...section(
      'Left open, with what is proposed meanwhile:',
      open.flatMap(({ path, question }) => told([path, question].filter(Boolean).join(': '), '    ', '  - ')),
    ),
    '',
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];
