import type { createColors } from 'picocolors';
import { hanging, type Paper } from '../plan/words.ts';
import type { DoctorCheck, DoctorDocument } from './document.ts';
import { counted, type Status } from './look.ts';

const marks: Readonly<Record<Status, string>> = {
  ok: 'ok',
  warn: 'warn',
  fail: 'FAIL',
  unknown: '?',
  skipped: '-',
};
const markWidth = Math.max(...Object.values(marks).map((mark) => mark.length));

/** What the doctor found, for people: a line for what is fine, and how to mend the rest. */
export function doctorLines(document: DoctorDocument, paper: Paper): string[] {
  const { checks, environment } = document;
  const place = [environment?.account, environment?.region].filter((part) => part !== undefined).join(' ');
  const where = environment === null ? '' : `, ${environment.id}${place === '' ? '' : ` (${place})`}`;
  const width = Math.max(...checks.map(({ name }) => name.length));
  return [
    `${paper.paint.bold(`Steadfast ${document.version}`)}: this machine${where}`,
    '',
    ...checks.flatMap((check) => checkLines(check, paper, width)),
    '',
    summary(checks, paper.paint),
  ];
}

/** Below this a name and what was seen do not stand beside each other. */
const narrow = 70;

function checkLines({ name, status, seen, mend, docs }: DoctorCheck, paper: Paper, width: number): string[] {
  const { columns, paint } = paper;
  const colour = {
    ok: paint.green,
    warn: paint.yellow,
    fail: paint.red,
    unknown: paint.red,
    skipped: paint.dim,
  };
  const mark = marks[status].padEnd(markWidth);
  const under = ' '.repeat(markWidth + 2);
  const isNarrow = columns < narrow;
  const [first = '', ...rest] = isNarrow
    ? [`${mark}  ${name}`, ...hanging(under, seen, columns)]
    : hanging(`${mark}  ${name.padEnd(width)}  `, seen, columns);
  const indent = isNarrow ? under : under + ' '.repeat(width + 2);
  return [
    colour[status](mark) + first.slice(mark.length),
    ...rest,
    ...(mend === undefined
      ? []
      : [...hanging(`${indent}mend: `, mend, columns), paint.dim(`${under}${docs}`)]),
  ];
}

function summary(checks: readonly DoctorCheck[], paint: ReturnType<typeof createColors>): string {
  const count = (status: Status) => checks.filter((one) => one.status === status).length;
  const [failed, unknown, warned] = [count('fail'), count('unknown'), count('warn')];
  const told = [
    `${count('ok')} fine`,
    ...(warned === 0 ? [] : [counted(warned, 'warning')]),
    ...(failed === 0 ? [] : [`${failed} to mend`]),
    ...(unknown === 0 ? [] : [`${unknown} that nobody could see`]),
  ].join(', ');
  return failed + unknown === 0 ? paint.green(told) : paint.red(told);
}
