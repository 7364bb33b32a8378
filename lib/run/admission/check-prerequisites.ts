import { prerequisitesWith } from '../../fis/prerequisite.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import type { Needs, Target, Unmet } from '../ports.ts';
import { type Refusal, resultOf, type TargetCheck } from './check.ts';

/** What each fault needs of its targets, with the parameters that it is given in any stage. */
function needsOf(input: RunnerInput, targets: readonly Target[]): Needs[] {
  const faults = Map.groupBy(
    input.stages.flatMap((stage) => stage.faults),
    ({ name }) => name,
  );
  return [...faults].map(([fault, stages]) => ({
    fault,
    prerequisites: [
      ...new Set(
        stages.flatMap(({ action, parameters }) =>
          prerequisitesWith(input.actions[action]?.prerequisites ?? [], parameters),
        ),
      ),
    ],
    targets: targets.filter((target) => target.fault === fault),
    ...faultConfigurationsOf(fault, input),
  }));
}

function faultConfigurationsOf(fault: string, input: RunnerInput): Pick<Needs, 'faultConfigurations'> {
  const declared = input.faultConfigurations?.[fault];
  return declared === undefined ? {} : { faultConfigurations: declared };
}

function refusalOf(unmet: Unmet, needs: readonly Needs[]): Refusal {
  const [first = ''] = unmet.targets;
  const faults = needs
    .filter(({ targets }) => targets.some(({ id }) => unmet.targets.includes(id)))
    .map(({ fault }) => fault);
  const many = unmet.targets.length === 1 ? first : `${unmet.targets.length} targets, such as ${first}`;
  return {
    evidence: `${unmet.what} (fault ${faults.join(' and ')}: ${many})`,
    hint: unmet.hint,
    rejection: unmet.rejection,
  };
}

/** Every target has what its action needs, as far as it can be seen before any fault. */
export const checkPrerequisites: TargetCheck = async ({ ports, input }, targets) => {
  const needs = needsOf(input, targets);
  const { unmet, evidence } = await ports.prerequisites.look(needs);
  return resultOf(
    { check: 'prerequisites', rejection: 'targets' },
    unmet.map((one) => refusalOf(one, needs)),
    evidence,
  );
};
