import { formatSeconds, formatTime } from '../format.ts';
import { blocks, code, joined, lines, type Markdown, md } from '../markdown/markdown.ts';
import { verdictMark } from '../markdown/run.ts';
import { table } from '../markdown/table.ts';
import { unreadableLines, unreadableTitle } from '../over-time/unreadable-section.ts';
import type { ServiceReport } from './service-schema.ts';
import { heldOf, lastWords, nameOf, placeOf, standing, trendWords } from './service-words.ts';

/** More runs than these are for the page and the document. */
const mostRuns = 20;

const list = (items: readonly string[]): Markdown =>
  joined(
    items.map((one) => md`- ${one}`),
    '\n',
  );

/** How a service has fared as Markdown; nothing out of the runs can form any. */
export function serviceMarkdown(report: ServiceReport): Markdown {
  const { service, summary, held, recovery, untested, notes, unreadable, verdict } = report;
  return blocks(
    md`## ${verdict === undefined ? standing(report).word : verdictMark(verdict)}: ${service}`,
    md`${summary}`,
    md`*${placeOf(report)}.*`,
    unreadable.length > 0 &&
      blocks(md`### ${unreadableTitle(unreadable)}`, list(unreadableLines(unreadable))),
    notes.length > 0 && blocks(md`### Not like for like`, list(notes)),
    blocks(md`### Better or worse?`, list([held.reason, recovery.reason])),
    experiments(report),
    blocks(
      md`### What nothing tests`,
      untested === undefined
        ? md`Not known: this project does not describe it.`
        : untested.length === 0
          ? md`Nothing that is known to break is left untested.`
          : list(untested),
    ),
    runs(report),
  );
}

function experiments({ experiments: all }: ServiceReport): Markdown {
  if (all.length === 0) return blocks(md`### Experiments`, md`No experiment touches it.`);
  return blocks(
    md`### Experiments`,
    table({
      columns: ['Experiment', 'Last', 'Trend', 'Held'],
      rows: all.map((one) => [
        md`${nameOf(one)} (${code(one.id)})`,
        lastWords(one),
        trendWords[one.trend],
        heldOf(one),
      ]),
    }),
  );
}

function runs({ runs: all }: ServiceReport): Markdown | false {
  if (all.length === 0) return false;
  const more = all.length - mostRuns;
  return blocks(
    md`### The newest runs`,
    table({
      columns: ['Started', 'Verdict', 'Experiment', 'Back after', 'Why'],
      numeric: [3],
      rows: all
        .slice(0, mostRuns)
        .map(({ start, verdict, experiment, recoverySeconds, summary }) => [
          formatTime(start),
          verdictMark(verdict),
          code(experiment),
          recoverySeconds === undefined ? undefined : formatSeconds(recoverySeconds),
          lines(summary),
        ]),
    }),
    more > 0 && md`And ${more} more.`,
  );
}
