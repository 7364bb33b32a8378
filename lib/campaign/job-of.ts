import type { Experiment } from '../experiment/experiment.ts';
import { longestRunMs } from '../plan/longest-run.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { askedServicesOf, ecsServicesOf } from '../plan/problems/name-uses.ts';
import { touchedServicesOf } from '../plan/selection.ts';
import type { CampaignJob } from './campaign.ts';

/**
 * An experiment in an environment, as a campaign sees it. What it needs to be left alone is all that lies below what it touches or looks at:
 * a fault in a database shows in whoever uses it, however many services lie between, and the verdict would blame the wrong fault.
 */
export function campaignJobOf(experiment: Experiment, target: PlanTarget): CampaignJob {
  const touches = touchedServicesOf(experiment, target);
  const looksAt = [...askedServicesOf(experiment), ...ecsServicesOf(experiment)].map(({ name }) => name);
  const needed = withAllUsed([...touches, ...looksAt], target);
  return {
    id: `${target.id}/${experiment.id}`,
    experiment: experiment.id,
    environment: target.id,
    owner: experiment.owner,
    durationMs: longestRunMs(experiment, target),
    touches,
    uses: needed.filter((service) => !touches.includes(service)),
  };
}

/** These services and all that they use, what those use, and so on. */
function withAllUsed(services: readonly string[], target: PlanTarget): string[] {
  const seen = new Set<string>();
  const left = [...services];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    left.push(...(target.services[name]?.uses ?? []));
  }
  return [...seen].toSorted();
}
