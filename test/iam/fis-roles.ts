import * as z from 'zod';
import { faultSchema } from '../../lib/experiment/fault.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions, findAction } from '../../lib/fis/catalogue.ts';
import { exampleFault } from '../../lib/fis/parameter-facts.ts';
import { type CloudFormation, synthesize } from '../cdk/synthesis.ts';
import { declaring, environmentTarget, slowDatabase } from '../plan/examples.ts';
import { problemsWith } from '../plan/fault-examples.ts';
import type { Statement } from './simulate.ts';
import type { ConfinedRole } from './situations/situation.ts';
import { rolesIn } from './synthesized-roles.ts';

const all: readonly FisAction[] = actions;

/** The actions that an environment can be given. */
export const planned: readonly FisAction[] = all.filter(
  (action) => problemsWith(exampleFault(action), environmentTarget(declaring)).length === 0,
);

const isFault = (fault: unknown): fault is z.input<typeof faultSchema> =>
  faultSchema.safeParse(fault).success;

/** An experiment for each action that can be planned, with a fault as the catalogue shows it. */
const experiments = planned.flatMap((action, index) => {
  const fault = exampleFault(action);
  if (!isFault(fault)) return [];
  return {
    ...slowDatabase,
    id: `fault-${index}`,
    stages: [{ share: 'one' as const, duration: '15m' as const }],
    faults: { it: fault },
    environments: { staging: {} },
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

let made: readonly FisRole[] | undefined;

/** One for each action that can be planned, from a synthesis of the whole environment. */
export function fisRoles(): readonly FisRole[] {
  made ??= synthesized();
  return made;
}

function synthesized(): FisRole[] {
  const stacks = synthesize({ experiments, environments: [declaring] });
  const roles = rolesIn(stacks, declaring);
  return [...stacks].flatMap(([stack, { Resources }]) =>
    templatesIn(Resources).flatMap((template) => {
      const [logicalId] = template.RoleArn['Fn::GetAtt'];
      const role = roles.find((one) => one.stack === stack && one.logicalId === logicalId);
      if (role === undefined) throw new Error(`${stack} has no role ${logicalId}`);
      return Object.values(template.Actions).flatMap(({ ActionId, Parameters }): FisRole[] => {
        const action = findAction(ActionId);
        if (action === undefined || action.id === 'aws:fis:wait') return [];
        const { account, region, tag } = declaring;
        return [
          {
            action,
            tag,
            caller: { roleArn: `arn:aws:iam::${account}:role/${logicalId}`, account, region },
            statements: role.statements,
            declared: declaredFor(Parameters),
            prefix: declaring.services.shop.faultConfiguration.replace('arn:aws:s3:::', ''),
            parameters: Parameters,
          },
        ];
      });
    }),
  );
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

const templatesIn = (resources: CloudFormation['Resources']) =>
  Object.values(resources)
    .filter(({ Type: type }) => type === 'AWS::FIS::ExperimentTemplate')
    .map(({ Properties }) => templateSchema.parse(Properties));
