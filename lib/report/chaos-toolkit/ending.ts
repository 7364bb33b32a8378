import type { Verdict } from '../../experiment/verdict.ts';
import type { Journal } from '../../run/journal.ts';
import type { ChaosToolkitJournal } from './schema.ts';

/**
 * Chaos Toolkit lets a run pass that is `completed` and has not deviated, and so do pipelines that read its journals: only `held` is
 * told so. Its own code also lets runs pass whose steady state was not met beforehand, or whose action failed; that is not imitated.
 */
const statuses: Readonly<Record<Verdict, ChaosToolkitJournal['status']>> = {
  held: 'completed',
  deviated: 'completed',
  unrecovered: 'completed',
  inconclusive: 'failed',
  rejected: 'failed',
  halted: 'interrupted',
  errored: 'aborted',
};

const deviations: readonly Verdict[] = ['deviated', 'unrecovered'];

/** How a run ended, in the words of Chaos Toolkit. */
export const endingOf = ({
  verdict,
  findings,
}: Pick<Journal, 'verdict' | 'findings'>): Pick<ChaosToolkitJournal, 'status' | 'deviated'> => ({
  status: statuses[verdict],
  deviated: [verdict, ...findings.map((finding) => finding.verdict)].some((one) => deviations.includes(one)),
});
