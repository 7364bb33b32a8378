import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { policyOf } from './grant-statement.ts';
import { launcherPermissions, schedulerPermissions } from './start-permissions.ts';
import { acknowledgeWildcard, observabilityKnowsNoResource } from './wildcards.ts';

/**
 * One role for all launchers and one for all schedules of an environment: an account holds 1,000 roles by default (IAM quotas).
 * Both can start things of their own environment only.
 */
export function createStartRoles(scope: Construct, environment: DeployedEnvironment): void {
  const { names, place, target } = environment;
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': place.account } };
  const launcher = new Role(scope, 'LauncherRole', {
    roleName: names.launcherRole,
    description: `Steadfast: launchers of ${target.id}`,
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { ...ofThisAccount, ArnLike: { 'aws:SourceArn': names.launchersArn } },
    }),
    inlinePolicies: { launch: policyOf(launcherPermissions(environment)) },
  });
  const scheduler = new Role(scope, 'SchedulerRole', {
    roleName: names.schedulerRole,
    description: `Steadfast: schedules of ${target.id}`,
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: ofThisAccount }),
    inlinePolicies: { start: policyOf(schedulerPermissions(environment)) },
  });
  acknowledgeWildcard(launcher, '*', observabilityKnowsNoResource);
  acknowledgeWildcard(
    launcher,
    names.runnerExecutionsArn,
    'the executions that launchers start have new names',
  );
  acknowledgeWildcard(
    scheduler,
    names.launchersArn,
    'launchers come and go with experiments, in other stacks',
  );
}
