import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { GameDayInput } from '../../game-day/input.ts';
import type { EnvironmentNames } from '../../plan/environment-names.ts';
import { policyStatementOf } from '../environment-statements.ts';
import { acknowledgeWildcards } from '../wildcards.ts';
import { filledRoles } from './deployed-game-day.ts';
import { gameDayRoleStatements } from './role-statements.ts';

/** Why a statement names more than one resource, by its Sid. */
const reasons: Readonly<Record<string, string>> = {
  ListAndMeasure: 'read-only; IAM knows no resource for figures and lists',
  ReadEvidence: 'each edition has a prefix of its own, and editions are not known when this is deployed',
  UseTheEvidenceKey: 'only the key of the alias, by a condition; KMS makes up the ids of keys',
  SeeTheKillSwitch: 'executions of the kill switch have new names',
  BeginEditions: "the environment's own game days, which come and go",
  SeeAndEndEditions: 'editions are not known when this is deployed',
  SeeGameDays: "the environment's own game days, which come and go",
};

/**
 * A policy for each role of game days. Who is to have it, people say where they keep their roles and permission sets: it is attached to
 * nothing here, and found by its name.
 */
export function createRolePolicies(
  scope: Construct,
  names: EnvironmentNames,
  gameDays: readonly GameDayInput[],
): void {
  const roles = filledRoles(gameDays);
  const approvers = roles.filter((role) =>
    gameDays.some((gameDay) => Object.values(gameDay.approvers).some((those) => those.includes(role))),
  );
  for (const role of roles) {
    const statements = gameDayRoleStatements(names, role, approvers);
    const policy = new ManagedPolicy(scope, `Policy-${role}`, {
      managedPolicyName: names.gameDayRole(role),
      description: `Act as ${role} in the game days of Steadfast in ${names.id}`,
      statements: statements.map(policyStatementOf),
    });
    acknowledgeWildcards(policy, statements, (sid) => reasons[sid]);
  }
}
