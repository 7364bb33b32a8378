import type { Environment, EnvironmentDefinition } from '../experiment/environment.ts';
import type { Place } from '../plan/aws-names.ts';
import { campaignPartnersOf } from '../plan/campaign-partners.ts';
import { type EnvironmentNames, type EnvironmentPlace, environmentNames } from '../plan/environment-names.ts';
import { planTargetOfEnvironment } from '../plan/environment-target.ts';
import type { PlanTarget } from '../plan/plan-target.ts';

/** An environment with everything that its stacks ask about it. */
export interface DeployedEnvironment {
  /** As it was written. */
  readonly definition: EnvironmentDefinition;
  readonly parsed: Environment;
  readonly target: PlanTarget;
  readonly names: EnvironmentNames;
  readonly place: Place;
  /** Those whose campaigns stop together with its own. */
  readonly partners: readonly EnvironmentPlace[];
}

/** `all` are those of the project: partners are named by their ids. */
export const deployedEnvironment = (
  definition: EnvironmentDefinition,
  parsed: Environment,
  all: readonly Environment[] = [],
): DeployedEnvironment => ({
  definition,
  parsed,
  target: planTargetOfEnvironment(definition, parsed),
  names: environmentNames(parsed),
  place: { account: parsed.account, region: parsed.region },
  partners: campaignPartnersOf(parsed, all).partners,
});
