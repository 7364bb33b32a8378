import { blocks, type Content, code, joined, lines, type Markdown, md } from '../markdown/markdown.ts';
import { table } from '../markdown/table.ts';
import { unreadableLines, unreadableTitle } from '../over-time/unreadable-section.ts';
import type { MonthOutcome, MonthReport } from './month-schema.ts';
import {
  actionDue,
  actionOwner,
  brokeWords,
  changeOrder,
  changeTitles,
  changeWords,
  clockOf,
  gameDayWords,
  silentWords,
  titleOf,
  withstoodWords,
} from './month-words.ts';

/** More of a list than this is for the page and the document. */
const mostListed = 50;

const list = (items: readonly Content[]): Markdown => {
  const more = items.length - mostListed;
  return joined(
    [...items.slice(0, mostListed).map((one) => md`- ${one}`), more > 0 && md`- and ${more} more`],
    '\n',
  );
};

const part = (title: string, items: readonly Content[], none?: string): Markdown | false =>
  (items.length > 0 || none !== undefined) &&
  blocks(md`### ${title}`, items.length > 0 ? list(items) : md`${none}`);

const named = (all: readonly MonthOutcome[], words: (one: MonthOutcome) => string): Markdown[] =>
  all.map((one) => md`**${one.title}**: ${words(one)}`);

/** A month of an environment as Markdown; nothing out of the runs can form any. */
export function monthMarkdown(report: MonthReport): Markdown {
  const {
    headline,
    summary,
    held,
    recovery,
    counts,
    unreadable,
    untested,
    gameDays = [],
    idle = [],
  } = report;
  return blocks(
    md`## ${titleOf(report)}: ${headline}`,
    joined(summary, ' '),
    unreadable.length > 0 && part(unreadableTitle(unreadable), unreadableLines(unreadable)),
    part(
      'What broke',
      report.broke.map(
        (one) =>
          md`**${one.title}**: ${brokeWords(one, report)} ${lines(one.summary)}${one.hint !== undefined && md` *How to mend it:* ${lines(one.hint)}`}`,
      ),
      counts.held > 0 ? 'Nothing that was tried broke the system.' : 'Nothing is known to have broken.',
    ),
    blocks(
      md`### Better and worse than the month before`,
      changeList(report),
      counts.runs > 0 && list([held.reason, recovery.reason]),
    ),
    part('What was shown to hold', named(report.withstood, withstoodWords), 'Nothing.'),
    part('What runs could not tell', named(report.open, silentWords)),
    part('What never got as far as a fault', named(report.notRun, silentWords)),
    part(
      'What nothing tests',
      (untested ?? [])
        .filter(({ what }) => what.length > 0)
        .map(({ service, what }) => md`**${service}**: ${what.join('; ')}`),
      untested === undefined ? 'Not known.' : 'Nothing that is known to break is left untested.',
    ),
    part(
      'Not run in this month',
      idle.map(({ title, experiment }) => md`${title} (${code(experiment)})`),
    ),
    actions(report),
    part(
      'Game days',
      gameDays.map((one) => md`**${one.gameDay}**: ${gameDayWords(one)}`),
    ),
    nextSteps(report),
    part('What is not known here', report.unknown),
    md`*${clockOf(report)}*`,
  );
}

function changeList({ changes }: MonthReport): Markdown {
  const items = changeOrder.flatMap((change) =>
    changes
      .filter((one) => one.change === change)
      .map((one) => md`${changeTitles[change]}: **${one.title}**, ${changeWords(one)}`),
  );
  return items.length === 0 ? md`No experiment stands otherwise than in the month before.` : list(items);
}

function actions({ actions: all }: MonthReport): Markdown {
  const title = md`### What is to be done, and by whom`;
  if (all === undefined) return blocks(title, md`Not known.`);
  if (all.length === 0) return blocks(title, md`No action of a game day is open.`);
  return blocks(
    title,
    table({
      columns: ['Action', 'Owner', 'Due', 'From'],
      rows: all.map((one) => [one.what, actionOwner(one), actionDue(one), `${one.gameDay}, ${one.edition}`]),
    }),
  );
}

function nextSteps({ nextSteps: all }: MonthReport): Markdown {
  const steps = all.map(
    ({ text, command }, index): Markdown => ({
      markdown: `${index + 1}. ${md`${lines(text)}${command !== undefined && md`<br>${code(command)}`}`.markdown}`,
    }),
  );
  return blocks(
    md`### What to do next`,
    steps.length === 0 ? md`Nothing presses. Go on as before.` : joined(steps, '\n'),
  );
}
