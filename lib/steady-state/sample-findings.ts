import type { Finding } from './finding.ts';
import type { SampleSurvey } from './sample-survey.ts';

const andOthers = (count: number): string =>
  count === 1 ? '' : count === 2 ? ', as is one more' : `, as are ${count - 1} more`;

/**
 * What is to be said of recorded lines themselves. What was written twice or out of order was judged as well as it could be, but
 * whoever wrote it so may have lost something, too: it never carries `held`.
 */
export function sampleFindings(
  { late }: Pick<SampleSurvey, 'late'>,
  repeated: { readonly count: number; readonly firstLine: number } | undefined,
): Finding[] {
  const findings: Finding[] = [];
  if (late !== undefined) {
    const { line, sample } = late.first;
    findings.push({
      code: 'out-of-order',
      verdict: 'inconclusive',
      probe: sample.probe,
      message: `Line ${line}: the sample of ${sample.probe} from ${sample.at} stands after a later one${andOthers(late.count)}; they were judged in the order of time.`,
      hint: 'If they were only written out of order, sort the lines by time and judge again. A clock that was set back cannot be mended so.',
    });
  }
  if (repeated !== undefined) {
    findings.push({
      code: 'repeated',
      verdict: 'inconclusive',
      message: `Line ${repeated.firstLine}: this sample is there already, the same in all${andOthers(repeated.count)}; each counted once.`,
      hint: 'Remove what was written twice. Where they are different looks, give their times in milliseconds.',
    });
  }
  return findings;
}
