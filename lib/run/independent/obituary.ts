import type { DescribedEnd } from './describe-end.ts';
import type { JournalDigest, Obituary } from './ports.ts';

/** What people and systems are told of a run that was ended for it. Where the run had written its journal, that is what is told. */
export function obituaryOf(
  environment: string,
  digest: JournalDigest,
  { findings, digest: own }: DescribedEnd,
  isUnwritten: boolean,
): Obituary {
  const { runId, experiment, verdict, summary, start, end } = digest;
  const isOwn = digest === own;
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
    experiment,
    verdict,
    summary,
    start,
    end,
    findings: isOwn ? [...new Set(findings.map(({ code }) => code))] : [],
    subject: `Steadfast: ${experiment} in ${environment} ${verdict}`,
    body: lines.join('\n'),
  };
}
