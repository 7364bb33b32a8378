import * as z from 'zod';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { faultSchema } from '../../lib/experiment/fault.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions, findAction } from '../../lib/fis/catalogue.ts';
import { exampleFault } from '../../lib/fis/parameter-facts.ts';
import { declarationFor } from '../../lib/fis/permission.ts';
import { type CloudFormation, synthesize } from '../cdk/synthesis.ts';
import { declaring, environmentTarget, slowDatabase, staging } from '../plan/examples.ts';
import { problemsWith } from '../plan/fault-examples.ts';
import type { Statement } from './simulate.ts';
import type { ConfinedRole } from './situations/situation.ts';
import { rolesIn } from './synthesized-roles.ts';

const all: readonly FisAction[] = actions;

/** The actions that an environment can be given. */
export const plannedIn = (environment: EnvironmentDefinition): readonly FisAction[] =>
  all.filter((action) => problemsWith(exampleFault(action), environmentTarget(environment)).length === 0);

const isFault = (fault: unknown): fault is z.input<typeof faultSchema> =>
  faultSchema.safeParse(fault).success;

/** An experiment for each action that can be planned, with a fault as the catalogue shows it. */
const experimentsIn = (environment: EnvironmentDefinition) =>
  plannedIn(environment).flatMap((action, index) => {
    const fault = exampleFault(action);
    if (!isFault(fault)) return [];
    return {
      ...slowDatabase,
      id: `fault-${index}`,
      stages: [{ share: 'one' as const, duration: '15m' as const }],
      faults: { it: fault },
      environments: { [environment.id]: {} },
    };
  });

const templateSchema = z.looseObject({
  RoleArn: z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  Actions: z.record(
    z.string(),
    z.looseObject({ ActionId: z.string(), Parameters: z.record(z.string(), z.string()).default({}) }),
  ),
});

/** The role of FIS for one action, as CloudFormation is given it. */
export interface FisRole extends ConfinedRole {
  readonly action: FisAction;
  readonly statements: readonly Statement[];
}

/** One for each action that can be planned, from a synthesis of the whole environment. */
function rolesOf(
  environment: EnvironmentDefinition,
  confinement: (
    parameters: Readonly<Record<string, string>>,
  ) => Pick<ConfinedRole, 'declared' | 'isIsolated' | 'prefix'>,
): FisRole[] {
  const stacks = synthesize({ experiments: experimentsIn(environment), environments: [environment] });
  const roles = rolesIn(stacks, environment);
  return [...stacks].flatMap(([stack, { Resources }]) =>
    templatesIn(Resources).flatMap((template) => {
      const [logicalId] = template.RoleArn['Fn::GetAtt'];
      const role = roles.find((one) => one.stack === stack && one.logicalId === logicalId);
      if (role === undefined) throw new Error(`${stack} has no role ${logicalId}`);
      return Object.values(template.Actions).flatMap(({ ActionId, Parameters }): FisRole[] => {
        const action = findAction(ActionId);
        if (action === undefined || action.id === 'aws:fis:wait') return [];
        const { account, region, tag } = environment;
        const caller = { roleArn: `arn:aws:iam::${account}:role/${logicalId}`, account, region };
        const { statements } = role;
        return [{ action, tag, caller, statements, parameters: Parameters, ...confinement(Parameters) }];
      });
    }),
  );
}

let declaringRoles: readonly FisRole[] | undefined;

/** The roles in an environment that declares everything beside its tag. */
export function fisRoles(): readonly FisRole[] {
  const prefix = declaring.services.shop.faultConfiguration.replace('arn:aws:s3:::', '');
  declaringRoles ??= rolesOf(declaring, (parameters) => ({ declared: declaredFor(parameters), prefix }));
  return declaringRoles;
}

const { cutTheCable } = declaring.documents;

/** What the environment declares for a fault on its shop: of documents, only the one that the fault names, with its role. */
function declaredFor({ documentArn }: Readonly<Record<string, string>>): readonly string[] {
  const { roles, resources, eks } = declaring.services.shop;
  if (documentArn === undefined) return [...roles, ...resources, eks.cluster];
  const definition = `${documentArn.replace(':document/', ':automation-definition/')}:*`;
  const role = `arn:aws:iam::${declaring.account}:role/${cutTheCable.role}`;
  return [documentArn, definition, ...(documentArn.endsWith(`/${cutTheCable.document}`) ? [role] : [])];
}

/** An environment that declares nothing, in an account that shares nothing with another. */
const alone = { ...staging, isolated: { reason: 'nobody else is here' } } as const;

/** The roles there, of actions that would need a declaration elsewhere. */
export const isolatedRoles = (): readonly FisRole[] =>
  rolesOf(alone, () => ({ declared: [], prefix: '', isIsolated: true })).filter(({ action }) =>
    action.permissions.some((permission) => declarationFor(permission) !== undefined),
  );

const templatesIn = (resources: CloudFormation['Resources']) =>
  Object.values(resources)
    .filter(({ Type: type }) => type === 'AWS::FIS::ExperimentTemplate')
    .map(({ Properties }) => templateSchema.parse(Properties));
