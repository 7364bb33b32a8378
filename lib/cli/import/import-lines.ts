import { createColors } from 'picocolors';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { Field, Outcome } from '../../import/field.ts';
import type { ImportResult } from '../../import/import-source.ts';
import { pathText } from '../print-problems.ts';

const marks: Readonly<Record<Outcome, string>> = { mapped: '=', approximated: '~', refused: 'x' };

/** What became of each field, what is to be decided, and what stands against it: the report, for people. */
export function importLines(
  name: string,
  result: ImportResult,
  problems: readonly Problem[],
  colours: boolean,
): string[] {
  const paint = createColors(colours);
  const { fields, decisions, refusals, notes } = result;
  const counts = countsOf(fields);
  return [
    `${paint.bold(name)}  ${result.format ?? 'unknown format'}`,
    '',
    `Fields: ${counts}`,
    ...fields.flatMap((field) => fieldLines(field, colours)),
    ...section(
      'Good to know:',
      notes.map((note) => `  ${note}`),
    ),
    ...section(
      'Mended:',
      (result.mended?.why ?? []).map((why) => `  ${why}`),
    ),
    ...section(
      'To decide:',
      decisions.map(({ path, question }) => `  ${[pathText(path), question].filter(Boolean).join(': ')}`),
    ),
    ...section(
      'What check says meanwhile:',
      problems.map(
        ({ path, message, hint }) =>
          `  ${[pathText(path), message].filter(Boolean).join(': ')}${hint === undefined ? '' : ` (${hint})`}`,
      ),
    ),
    ...section(
      paint.red('Refused:'),
      refusals.flatMap(({ line, path, message, hint, fixable }) => [
        `  ${[line === undefined ? '' : `line ${line}`, pathText(path)].filter(Boolean).join('  ')}`.trimEnd(),
        `    ${message}`,
        `    ${paint.dim(fixable === true ? `${hint}; --fix does so` : hint)}`,
      ]),
    ),
  ];
}

function countsOf(fields: readonly Field[]): string {
  const count = (outcome: Outcome) => fields.filter((field) => field.outcome === outcome).length;
  return `${count('mapped')} mapped, ${count('approximated')} approximated, ${count('refused')} refused`;
}

function fieldLines({ line, path, outcome, to, why }: Field, colours: boolean): string[] {
  const paint = createColors(colours);
  const painted = { mapped: paint.green, approximated: paint.yellow, refused: paint.red }[outcome];
  const where = pathText(path) || 'the document';
  const place = line === undefined ? '' : paint.dim(`:${line}`);
  return [
    `  ${painted(marks[outcome])} ${where}${place}${to === undefined ? '' : ` -> ${to}`}`,
    ...(why === undefined ? [] : [`      ${paint.dim(why)}`]),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];
