import type { Experiment } from '../experiment/experiment.ts';
import type { Fault } from '../experiment/fault.ts';
import { declaredFor, faultConfigurationsOf } from './declared.ts';
import { placeOf } from './named-resources.ts';
import type { PlanTarget } from './plan-target.ts';
import type { Confinement } from './role-statements.ts';
import { stageParametersOf } from './stage-template.ts';

/** What FIS's role is confined to for one fault, in all stages of its experiment; undefined in a lab, where FIS has no role. */
export function confinementOf(
  fault: Fault,
  { stages }: Pick<Experiment, 'stages'>,
  target: PlanTarget,
): Confinement | undefined {
  const place = placeOf(target);
  if (place === undefined) return undefined;
  return {
    tag: target.tag,
    place,
    declared: declaredFor(fault, target),
    faultConfigurations: faultConfigurationsOf(fault, target),
    isolated: target.isolated,
    parameters: stages.map((stage) => stageParametersOf(fault, stage, target)),
  };
}
