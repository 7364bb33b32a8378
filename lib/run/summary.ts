import { type Verdict, verdictMeanings } from '../experiment/verdict.ts';
import type { Finding } from '../steady-state/finding.ts';

/** The verdict and its reason in one sentence: the first of the worst findings, or what the verdict means. */
export function summarize(verdict: Verdict, findings: readonly Finding[]): string {
  const worst = findings.find((finding) => finding.verdict === verdict);
  return worst === undefined ? verdictMeanings[verdict] : worst.message;
}
