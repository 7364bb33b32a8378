import type { RunnerInput } from '../../plan/runner-input.ts';
import { listedFaults, trespass } from '../ownership.ts';
import type { Target } from '../ports.ts';
import { type Check, type Refusal, resultOf } from './check.ts';

/** Everything that the faults can hit is tagged and owned, or declared, and within limits. */
export const checkTargets: Check = async ({ ports, input }) => {
  const matching = await ports.inventory.matching();
  const counts = countsByFault(listedFaults(input.selects), matching);
  const refusals = [
    ...trespasses(matching, input),
    ...counts.flatMap(([fault, count]) => countRefusal(fault, count, input)),
  ];
  const listed = counts.map(([fault, count]) => `${fault}: ${count}`).join(', ');
  return {
    ...resultOf(
      { check: 'targets', rejection: 'targets' },
      refusals,
      `all of them tagged and owned, or declared (${listed || 'none is listed'})`,
    ),
    targets: matching,
  };
};

/** One refusal for all: a wrong tag is often on many, and mended for all at once. */
function trespasses(targets: readonly Target[], input: RunnerInput): Refusal[] {
  const [first, ...others] = targets.flatMap((target) => trespass(target, input) ?? []);
  if (first === undefined) return [];
  return [
    {
      evidence: others.length === 0 ? first : `${first}, and ${others.length} more may not be hit either`,
      hint: 'Mend its tags, or declare what the environment owns.',
    },
  ];
}

/** Whether a fault can hit something, and no more than the environment allows. */
export function countRefusal(fault: string, count: number, { limits, environment }: RunnerInput): Refusal[] {
  if (count === 0) {
    return [
      {
        evidence: `the selector of fault ${fault} matches nothing`,
        hint: 'See that the resources run and carry the tags; ECS tasks carry them where their service propagates its own (propagateTags).',
      },
    ];
  }
  if (count <= limits.targets) return [];
  return [
    {
      evidence: `fault ${fault} can hit ${count} resources, ${environment.id} allows ${limits.targets}`,
      hint: 'Narrow the selector, or raise limits.targets of the environment.',
    },
  ];
}

export const countsByFault = (faults: readonly string[], targets: readonly Target[]): [string, number][] =>
  faults.map((fault) => [fault, targets.filter((target) => target.fault === fault).length]);
