import type { Experiment } from '../experiment/experiment.ts';
import { worstVerdict } from '../experiment/verdict.ts';
import type { Finding } from '../steady-state/finding.ts';
import type { Judgement } from '../steady-state/judge-phases.ts';
import type { JournalFinding, JournalStage } from './journal.ts';
import { withLikelyReason } from './likely-reason.ts';
import { withTrafficHint } from './traffic-hint.ts';

/**
 * The findings of a run, the worst first: what is known beside its samples (a halt, a rollback, a rejection), and what the samples
 * say. Of these, what the former have explained already is left out. As the run concludes and whenever its record is judged again.
 */
export function mergeFindings(options: {
  readonly known: readonly Finding[];
  readonly judgement: Pick<Judgement, 'baseline' | 'findings' | 'stages'>;
  readonly experiment: Experiment;
  /** The evidence of a stage's bite, where there is a record of it. */
  readonly bites: (stage: number | undefined) => JournalStage['bite'];
}): JournalFinding[] {
  const { known, judgement, experiment, bites } = options;
  const endedByPerson = known.some((finding) => finding.code === 'halted-by-person');
  const judged = judgement.findings.filter(({ code }) => {
    if (code === 'stages-missing') return known.length === 0;
    // A baseline that a person ended is too short to be known; that is not the system's health.
    return !(code === 'baseline-unknown' && endedByPerson && judgement.stages.length === 0);
  });
  return worstFirst([
    ...known.map((finding) => ({ ...finding, recorded: true as const })),
    ...judged.map((finding) => withTrafficHint(finding, judgement, experiment)),
  ]).map((finding) => withLikelyReason(finding, bites(finding.stage)));
}

/** The worst first; among equals as they came. */
function worstFirst<F extends Finding>(findings: readonly F[]): F[] {
  const left = [...findings];
  const ordered: F[] = [];
  while (left.length > 0) {
    const worst = worstVerdict(left.map((finding) => finding.verdict));
    ordered.push(...left.filter((finding) => finding.verdict === worst));
    left.splice(0, left.length, ...left.filter((finding) => finding.verdict !== worst));
  }
  return ordered;
}
