import type { VerdictEvent } from '../verdict-event-schema.ts';
import type { DescribedEnd } from './describe-end.ts';
import type { Obituary } from './ports.ts';

/** What people are told of a run that was ended for it. Where the run had written its journal, that is what is told. */
export function obituaryOf(
  event: VerdictEvent,
  { findings, digest }: DescribedEnd,
  isUnwritten: boolean,
): Obituary {
  const { runId, experiment, environment, verdict, summary, start, end } = event;
  const isOwn = summary === digest.summary && verdict === digest.verdict;
  const lines = [
    `${experiment} in ${environment}: ${verdict}.`,
    '',
    ...(isOwn
      ? findings.flatMap(({ message, hint }) => [
          `- ${message}`,
          ...(hint === undefined ? [] : [`  ${hint}`]),
        ])
      : [`- ${summary}`, '- The runner wrote its journal, and died before it had told of it.']),
    ...(isUnwritten ? ['- The journal could not be written yet. It is tried again each minute.'] : []),
    '',
    `Run ${runId}, ${start} to ${end}.`,
  ];
  return {
    runId,
    verdict,
    subject: `Steadfast: ${experiment} in ${environment} ${verdict}`,
    body: lines.join('\n'),
  };
}
