import type { Verdict } from '../../experiment/verdict.ts';
import { verdicts } from '../../experiment/verdict.ts';
import { formatSeconds, plural } from '../format.ts';
import type { LeftOutRun, ToldRun } from '../told-run.ts';
import { blocks, joined, lines, type Markdown, md } from './markdown.ts';
import { runMarkdown, verdictMark } from './run.ts';
import { table } from './table.ts';

/** GitHub takes no more than 1 MiB for the summary of a step, and a unit of text is three bytes of it at most; the rest is for the reports. */
const mostUnits = 250_000;

/** So much of each reason stands in the table: the whole of it follows below. */
const mostOfReason = 300;

const shortened = (text: string): string =>
  text.length > mostOfReason ? `${text.slice(0, mostOfReason)}…` : text;

const nameOf = (run: ToldRun): string => run.name ?? run.experiment.id;

const took = ({ start, end }: ToldRun): string | false =>
  start !== undefined && end !== undefined && formatSeconds((Date.parse(end) - Date.parse(start)) / 1_000);

function counts(runs: readonly ToldRun[]): string {
  const count = (verdict: Verdict) => runs.filter((run) => run.verdict === verdict).length;
  return verdicts
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdict}`)
    .join(', ');
}

/** Several runs: a table of all first, then each that did not hold, the worst first, as far as a summary can hold them. */
export function runsMarkdown(runs: readonly ToldRun[], leftOut: readonly LeftOutRun[] = []): Markdown {
  const worstFirst = runs
    .filter(({ verdict }) => verdict !== 'held')
    .toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
  const shown: Markdown[] = [];
  let size = 0;
  for (const run of worstFirst) {
    const one = runMarkdown(run, '###');
    size += one.markdown.length;
    if (size > mostUnits) break;
    shown.push(one);
  }
  const more = worstFirst.length - shown.length;
  return blocks(
    md`## ${plural(runs.length, 'run')}${runs.length > 0 && `: ${counts(runs)}`}`,
    runs.length > 0 &&
      table({
        columns: ['Experiment', 'Verdict', 'Why', 'Took'],
        numeric: [3],
        rows: runs.map((run) => [
          nameOf(run),
          verdictMark(run.verdict),
          run.verdict !== 'held' && lines(shortened(run.summary)),
          took(run),
        ]),
      }),
    leftOut.length > 0 &&
      blocks(
        md`**Left out:**`,
        joined(
          leftOut.map(({ name, reason }) => md`- ${name}: ${lines(reason)}`),
          '\n',
        ),
      ),
    ...shown,
    more > 0 && md`${plural(more, 'more run')} did not hold: the reports tell of them.`,
  );
}
