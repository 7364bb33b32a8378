import type { JournalFinding, JournalStage } from './journal.ts';

/** Findings that ask why. */
const asks: readonly string[] = ['no-bite', 'bite-unknown'];

/** A finding about a stage's bite, with the likely reasons that its evidence tells; any other as it is. */
export function withLikelyReason(finding: JournalFinding, bite: JournalStage['bite']): JournalFinding {
  const reasons = [...new Set(bite.flatMap(({ likely }) => likely ?? []))];
  if (!asks.includes(finding.code) || reasons.length === 0) return finding;
  return { ...finding, message: `${finding.message.replace(/\.$/, '')}: ${reasons.join('; ')}.` };
}
