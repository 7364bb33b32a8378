import { unreadableLines, unreadableTitle } from '../over-time/unreadable-section.ts';
import type { MonthOutcome, MonthReport } from './month-schema.ts';
import {
  actionDue,
  actionOwner,
  brokeWords,
  changeOrder,
  changeTitles,
  changeWords,
  gameDayWords,
  silentWords,
  titleOf,
  withstoodWords,
} from './month-words.ts';

const part = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];

/** A month of an environment as plain text, a line each, without colours. */
export function monthLines(report: MonthReport): string[] {
  const { headline, summary, changes, held, recovery, counts, unreadable, unknown } = report;
  const parts = [
    [`${titleOf(report)}: ${headline}`, ...summary],
    unreadable.length === 0 ? [] : part(unreadableTitle(unreadable), unreadableLines(unreadable)),
    part(
      'What broke',
      report.broke.map((one) => `${one.title}. ${brokeWords(one, report)} ${one.summary}`),
    ),
    part(
      'Better and worse than the month before',
      changeOrder.flatMap((change) =>
        changes
          .filter((one) => one.change === change)
          .map((one) => `${changeTitles[change].toLowerCase()}: ${one.title} (${changeWords(one)})`),
      ),
    ),
    counts.runs === 0 ? [] : [held.reason, recovery.reason],
    part('What was shown to hold', named(report.withstood, withstoodWords)),
    part('What runs could not tell', named(report.open, silentWords)),
    part('What never got as far as a fault', named(report.notRun, silentWords)),
    part(
      'What nothing tests',
      (report.untested ?? [])
        .filter(({ what }) => what.length > 0)
        .map(({ service, what }) => `${service}: ${what.join('; ')}`),
    ),
    part(
      'What is to be done',
      (report.actions ?? []).map(
        (one) => `${one.what} (${actionOwner(one)}, ${actionDue(one)}; ${one.gameDay})`,
      ),
    ),
    part(
      'Game days',
      (report.gameDays ?? []).map((one) => `${one.gameDay}: ${gameDayWords(one)}`),
    ),
    part(
      'What to do next',
      report.nextSteps.flatMap(({ text, command }, index) => [
        `${index + 1}. ${text}`,
        ...(command === undefined ? [] : [`   ${command}`]),
      ]),
    ),
    part('What is not known here', unknown),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

const named = (all: readonly MonthOutcome[], words: (one: MonthOutcome) => string): string[] =>
  all.map((one) => `${one.title}: ${words(one)}`);
