import type { CommandClients } from '../../aws/command/connection.ts';
import { fisRoleOf } from '../../aws/command/fis-role.ts';
import type { PlanClients } from '../../aws/command/plan-clients.ts';
import { type IamNeed, principalOf, simulate } from '../../aws/command/simulate.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { fisRole, needsOfStart, unknownNeeds } from './iam-needs.ts';
import type { PlannedCheck, PlannedPermission } from './run-plan-document.ts';

interface Asker {
  readonly clients: Pick<CommandClients, 'fis'> & Pick<PlanClients, 'iam'>;
  readonly caller: string;
  readonly launcherArn: string;
  readonly environment: string;
  /** Of the first stage, as it is deployed; absent where nothing is. */
  readonly templateId: string | undefined;
  /** What FIS's role needs; absent where the environment that confines it is not declared here. */
  readonly needs: readonly IamNeed[] | undefined;
}

/** What IAM says of FIS's role, and of whoever asks. What it does not say is told as unknown. */
export async function askPermissions(asker: Asker): Promise<PlannedPermission[]> {
  const { caller, launcherArn, environment } = asker;
  const start = needsOfStart(launcherArn, environment);
  return [...(await ofFisRole(asker)), ...(await ofPrincipal(asker, caller, start))];
}

async function ofFisRole({ clients, templateId, needs }: Asker): Promise<PlannedPermission[]> {
  if (needs === undefined) return [];
  if (templateId === undefined)
    return unknownNeeds(fisRole, needs, 'nothing is deployed, so there is no role yet');
  return answersOr(fisRole, needs, async () => {
    const role = await fisRoleOf(clients.fis, templateId);
    if (role === undefined) return unknownNeeds(fisRole, needs, `there is no FIS template ${templateId}`);
    return told(role, await simulate(clients.iam, role, needs));
  });
}

const ofPrincipal = (
  { clients }: Asker,
  caller: string,
  needs: readonly IamNeed[],
): Promise<PlannedPermission[]> =>
  answersOr(caller, needs, async () => {
    const principal = await principalOf(clients.iam, caller);
    return principal === undefined
      ? unknownNeeds(caller, needs, 'IAM simulates users and roles only')
      : told(principal, await simulate(clients.iam, principal, needs));
  });

/** Who may not simulate still gets the list of what is needed. */
async function answersOr(
  who: string,
  needs: readonly IamNeed[],
  ask: () => Promise<PlannedPermission[]>,
): Promise<PlannedPermission[]> {
  try {
    return await ask();
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    return unknownNeeds(who, needs, `not asked: ${thrown.message}`);
  }
}

const told = (who: string, answers: Awaited<ReturnType<typeof simulate>>): PlannedPermission[] =>
  answers.map(({ action, resource, allowed, why }) => ({
    who,
    action,
    resource,
    ...(allowed === undefined ? {} : { allowed }),
    ...(why === undefined ? {} : { why }),
  }));

/** A permission that is surely missing would end the run; one that nobody knows of is only told. */
export function permissionCheck(permissions: readonly PlannedPermission[]): PlannedCheck[] {
  const refused = permissions.filter(({ allowed }) => allowed === false);
  const allowed = permissions.filter((one) => one.allowed === true);
  if (refused.length > 0) {
    return [
      {
        check: 'permissions',
        passed: false,
        rejection: 'permission',
        evidence: refused
          .map(
            ({ who, action, resource, why }) =>
              `IAM does not allow ${action} on ${resource} to ${who}: ${why}`,
          )
          .join('; '),
        hints: ['Deploy the experiment again, or have whoever may change IAM allow it.'],
      },
    ];
  }
  if (allowed.length === 0) return [];
  return [
    {
      check: 'permissions',
      passed: true,
      evidence: `IAM allows ${allowed.length} of the ${permissions.length} things that are needed, and refuses none`,
      hints: [],
    },
  ];
}
