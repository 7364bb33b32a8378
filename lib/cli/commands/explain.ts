import { createColors } from 'picocolors';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { exitCode } from '../exit-code.ts';
import { areas, explainedCodes, type Sense, sensesOf } from '../explanations/areas.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { columnsAssumed, hanging, type Paper } from '../plan/words.ts';
import { clip, widthOf, wrap } from '../view/text-width.ts';

interface ExplainFlags {
  readonly json?: boolean | undefined;
}

/**
 * Tells what a code means, why it is told, how to mend it and where more is written; without one it lists them all.
 *
 * @throws SteadfastError `unknown-id` for a code that Steadfast never tells
 */
export function explainCommand(io: Io, asked: string | undefined, { json }: ExplainFlags): number {
  const paper = { columns: io.stdoutColumns ?? columnsAssumed, paint: createColors(io.stdoutColours) };
  if (asked === undefined) {
    if (json === true) printJson(io, { codes: areas.flatMap(listedOf) });
    // What reads a pipe has no width: grep shall find every word.
    else
      for (const line of listLines({ ...paper, columns: io.stdoutColumns ?? Number.POSITIVE_INFINITY }))
        printLine(io.stdout, line);
    return exitCode.fine;
  }
  const found = sensesOf(asked);
  const [first] = found;
  if (first === undefined) throw unknownCode(asked);
  if (json === true) printJson(io, { code: first.code, senses: found.map(senseJson) });
  else for (const line of found.flatMap((sense) => senseLines(sense, paper))) printLine(io.stdout, line);
  return exitCode.fine;
}

const listedOf = ({ id, codes }: (typeof areas)[number]) =>
  Object.entries(codes).map(([code, { means }]) => ({ area: id, code, means }));

const senseJson = ({ area, means, why, mend, example, docs }: Sense) => ({
  area: area.id,
  title: area.title,
  where: area.where,
  means,
  why,
  mend,
  example,
  docs: `docs/${docs}`,
});

function listLines({ columns, paint }: Paper): string[] {
  const width = Math.max(...explainedCodes.map(widthOf));
  // In a narrow terminal the codes alone are more use than words of which nothing is left.
  const room = columns - width - 4;
  const line = (code: string, means: string) =>
    room < 20 ? `  ${paint.bold(code)}` : `  ${paint.bold(code.padEnd(width))}  ${clip(means, room)}`;
  return [
    ...areas.flatMap(({ title, codes }) => [
      title,
      ...Object.entries(codes).map(([code, { means }]) => line(code, means)),
      '',
    ]),
    paint.dim('steadfast explain <code> tells all of one'),
  ];
}

function senseLines({ code, area, means, why, mend, example, docs }: Sense, paper: Paper): string[] {
  const { columns, paint } = paper;
  const part = (head: string, text: string) =>
    hanging(`  ${head.padEnd(9)}`, text, columns).map((line) => line.replace(head, paint.dim(head)));
  return [
    `${paint.bold(code)}  ${area.title}`,
    '',
    ...wrap(means, columns - 2).map((line) => `  ${line}`),
    '',
    ...part('Why', why),
    ...part('Mend', mend),
    ...part('Where', area.where),
    `  ${paint.dim('Example'.padEnd(9))}${example}`,
    `  ${paint.dim('Docs'.padEnd(9))}docs/${docs}`,
    '',
  ];
}

function unknownCode(asked: string): SteadfastError {
  const meant = suggest(asked, explainedCodes);
  return new SteadfastError('unknown-id', `Steadfast tells no code '${asked}'`, {
    hint: meant === undefined ? 'steadfast explain lists them all' : `did you mean '${meant}'?`,
  });
}
