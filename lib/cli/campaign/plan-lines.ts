import type { PlanDocument, PlannedJob } from '../../campaign/plan-document.ts';
import { pad } from '../view/text-width.ts';
import { stopAfterText } from './read-stop-after.ts';

const minuteMs = 60_000;

/** What a terminal has at least, and what a line has where nobody says. */
const columnsAssumed = 80;
/** With less than this, a picture shows nothing. */
const narrowestPicture = 12;

/** `3 h 05 min`, `2 d 4 h`: how long people say something lasts. */
function lastsText(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60)];
  if (days > 0) return `${days} d ${hours % 24} h`;
  return hours > 0 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${minutes} min`;
}

/** `2026-11-30 18:05` */
export const momentText = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

/** A plan as people read it: when what runs where, with a picture of it beside, and what has no place. */
export function planLines(plan: PlanDocument, columns = columnsAssumed): string[] {
  const [fromMs, endMs] = [Date.parse(plan.from), Date.parse(plan.end)];
  const count = plan.parts.reduce((sum, { jobs }) => sum + jobs.length, 0);
  const boundMs = Date.parse(plan.bound.end) - fromMs;
  const [first] = plan.parts;
  const lines = [
    `Campaign ${plan.campaign}: ${count} ${count === 1 ? 'run' : 'runs'}, ${momentText(plan.from)} to ${momentText(plan.end)} UTC`,
    `  lasts ${lastsText(endMs - fromMs)}; no plan is shorter than ${lastsText(boundMs)}, by ${plan.bound.by}`,
    ...(first === undefined
      ? []
      : [`  starts nothing more after ${stopAfterText(first.stopAfter)}${scopeText(plan)}`]),
    '',
  ];
  for (const { account, region, dispatcher, jobs } of plan.parts) {
    const several = new Set(jobs.map(({ environment }) => environment)).size > 1;
    lines.push(`${account} ${region}, dispatched by ${dispatcher}`);
    lines.push(...jobLines(jobs, { fromMs, endMs }, columns, several), '');
  }
  if (plan.unplaced.length > 0) {
    lines.push('Without a place');
    for (const { experiment, environment, reason } of plan.unplaced)
      lines.push(`  ${experiment} in ${environment}: ${reason}`);
    lines.push('');
  }
  return lines;
}

const scopeText = ({ parts }: PlanDocument): string =>
  parts.length < 2
    ? ''
    : parts.some(({ others }) => others !== undefined)
      ? ' in all parts'
      : ' in each part';

function jobLines(
  jobs: readonly PlannedJob[],
  span: { readonly fromMs: number; readonly endMs: number },
  columns: number,
  several: boolean,
): string[] {
  const nameOf = ({ experiment, environment }: PlannedJob) =>
    several ? `${experiment} (${environment})` : experiment;
  const nameColumns = Math.min(34, Math.max(4, ...jobs.map((one) => nameOf(one).length)));
  const pictureColumns = columns - (2 + 16 + 2 + 10 + 2 + nameColumns + 2);
  return jobs.map((one) => {
    const lasts = lastsText(Date.parse(one.end) - Date.parse(one.start));
    const when = `  ${momentText(one.start)}  ${pad(lasts, 10, 'left')}`;
    return pictureColumns < narrowestPicture
      ? `${when}  ${nameOf(one)}`
      : `${when}  ${pad(nameOf(one), nameColumns)}  ${barOf(one, span, Math.min(60, pictureColumns))}`.trimEnd();
  });
}

/** Where a run lies in its campaign. */
function barOf(
  { start, end }: PlannedJob,
  { fromMs, endMs }: { readonly fromMs: number; readonly endMs: number },
  columns: number,
): string {
  const columnMs = Math.max(1, endMs - fromMs) / columns;
  const first = Math.min(columns - 1, Math.floor((Date.parse(start) - fromMs) / columnMs));
  const last = Math.max(first + 1, Math.round((Date.parse(end) - fromMs) / columnMs));
  return (
    '·'.repeat(first) +
    '█'.repeat(Math.min(columns, last) - first) +
    '·'.repeat(columns - Math.min(columns, last))
  );
}
