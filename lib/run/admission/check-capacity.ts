import { fisLimits } from '../../fis/limits.ts';
import type { ActiveExperiment } from '../ports.ts';
import type { Check } from './check.ts';

function inWords({ id, status, runId, environment, isPreview }: ActiveExperiment): string {
  if (runId === undefined) return `${id} (${status}, not of Steadfast)`;
  const of = environment === undefined ? runId : `${runId} in ${environment}`;
  return `${id} (${status}, ${isPreview ? 'the preview' : 'a stage'} of run ${of})`;
}

/**
 * FIS has a place left for this run's own experiment: it carries out so many at once in an account and Region, previews and those of
 * other environments and teams among them. A run has one at a time.
 */
export const checkCapacity: Check = async ({ ports, runId }) => {
  const base = { check: 'capacity', rejection: 'busy' } as const;
  const all = await ports.capacity.active();
  const others = all.filter((one) => one.runId !== runId);
  const most = fisLimits.activeExperiments;
  if (others.length < most)
    return {
      ...base,
      passed: true,
      evidence: `FIS carries out ${others.length} experiments of ${most} at most`,
    };
  return {
    ...base,
    passed: false,
    evidence: `FIS carries out ${others.length} experiments in this account and Region, and takes ${most} at most: ${others.map(inWords).join(', ')}`,
    hint: 'Start it again once one of them has ended, or stop one that nobody needs.',
  };
};
