import { align } from '../align.ts';
import { unreadableLines, unreadableTitle } from '../over-time/unreadable-section.ts';
import type { ServiceReport } from './service-schema.ts';
import { heldOf, lastWords, placeOf, standing, trendWords } from './service-words.ts';

/** How a service has fared as plain text, a line each, without colours. */
export function serviceLines(report: ServiceReport): string[] {
  const { service, summary, held, recovery, experiments, untested, notes, unreadable } = report;
  const parts = [
    [
      `${service}: ${standing(report).word}`,
      summary,
      placeOf(report).replace(/^./, (letter) => letter.toUpperCase()),
    ],
    unreadable.length === 0
      ? []
      : [`${unreadableTitle(unreadable)}:`, ...unreadableLines(unreadable).map((line) => `  ${line}`)],
    notes.length === 0 ? [] : ['Not like for like:', ...notes.map((line) => `  ${line}`)],
    [held.reason, recovery.reason],
    experiments.length === 0
      ? ['No experiment touches it.']
      : align([
          ['experiment', 'last', 'trend', 'held'],
          ...experiments.map((one) => [one.id, lastWords(one), trendWords[one.trend], heldOf(one) ?? '–']),
        ]),
    untested === undefined
      ? ['What nothing tests is not known: this project does not describe it.']
      : untested.map((one) => `untested: ${one}`),
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}
