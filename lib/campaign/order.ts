import { besideMs, demandOf } from './bound.ts';
import {
  type CampaignEnvironment,
  type CampaignJob,
  compareText,
  grouped,
  longestFirst,
  placesPerRegion,
  totalMs,
} from './campaign.ts';

/** How much earlier than at the last moment a job on a service in demand is placed, since others are in its way too. */
const headStart = 1.5;

/**
 * The jobs of one account and Region in the order in which they choose their times. A job's turn is a share of the campaign, the earlier
 * of two:
 *
 * - its owner's: the share of the owner's work that comes before it, the longest first. So at any point of the order each owner has had
 *   the same share of its work, give or take one job, and every owner's first job comes before anybody's second;
 * - its services': where what is still to be done on a service from it on would fill the rest of the campaign, it cannot wait longer.
 */
export function inTurn(
  jobs: readonly CampaignJob[],
  environments: readonly CampaignEnvironment[],
  lengthMs: number,
): CampaignJob[] {
  const turns = new Map<string, number>();
  const atLatest = (job: CampaignJob, turn: number) =>
    turns.set(job.id, Math.min(turn, turns.get(job.id) ?? turn));
  for (const own of grouped(jobs, ({ owner }) => [owner]).values()) {
    const allMs = totalMs(own);
    let beforeMs = 0;
    for (const job of own.toSorted(longestFirst)) {
      atLatest(job, beforeMs / allMs);
      beforeMs += job.durationMs;
    }
  }
  for (const { id, runs } of environments) {
    const own = jobs.filter(({ environment }) => environment === id);
    for (const { touching, using } of demandOf(own).values()) {
      let leftMs = totalMs(touching) + besideMs(using, Math.min(runs, placesPerRegion));
      for (const job of touching) {
        atLatest(job, Math.max(0, 1 - (headStart * leftMs) / lengthMs));
        leftMs -= job.durationMs;
      }
    }
  }
  const turnOf = ({ id }: CampaignJob) => turns.get(id) ?? 0;
  return jobs.toSorted(
    (a, b) => turnOf(a) - turnOf(b) || longestFirst(a, b) || compareText(a.owner, b.owner),
  );
}
