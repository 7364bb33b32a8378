import * as z from 'zod';
import { faultSchema } from '../../lib/experiment/fault.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions, findAction } from '../../lib/fis/catalogue.ts';
import { exampleFault } from '../../lib/fis/parameter-facts.ts';
import { type CloudFormation, synthesize } from '../cdk/synthesis.ts';
import { slowDatabase, staging } from '../plan/examples.ts';
import { problemsWith } from '../plan/fault-examples.ts';
import type { Statement } from './simulate.ts';
import type { Role } from './situations.ts';
import { rolesIn } from './synthesized-roles.ts';

const all: readonly FisAction[] = actions;

/** The actions that an environment can be given. */
export const planned: readonly FisAction[] = all.filter(
  (action) => problemsWith(exampleFault(action)).length === 0,
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
  Actions: z.record(z.string(), z.looseObject({ ActionId: z.string() })),
});

/** The role of FIS for one action, as CloudFormation is given it. */
export interface FisRole extends Role {
  readonly action: FisAction;
  readonly statements: readonly Statement[];
}

/** One for each action that can be planned, from a synthesis of the whole environment. */
export function fisRoles(): FisRole[] {
  const stacks = synthesize({ experiments });
  const roles = rolesIn(stacks, staging);
  return [...stacks].flatMap(([stack, { Resources }]) =>
    templatesIn(Resources).flatMap((template) => {
      const [logicalId] = template.RoleArn['Fn::GetAtt'];
      const role = roles.find((one) => one.stack === stack && one.logicalId === logicalId);
      if (role === undefined) throw new Error(`${stack} has no role ${logicalId}`);
      return Object.values(template.Actions).flatMap(({ ActionId }): FisRole[] => {
        const action = findAction(ActionId);
        if (action === undefined || action.id === 'aws:fis:wait') return [];
        const { account, region } = staging;
        const roleArn = `arn:aws:iam::${account}:role/${logicalId}`;
        return [
          { action, tag: staging.tag, caller: { roleArn, account, region }, statements: role.statements },
        ];
      });
    }),
  );
}

const templatesIn = (resources: CloudFormation['Resources']) =>
  Object.values(resources)
    .filter(({ Type: type }) => type === 'AWS::FIS::ExperimentTemplate')
    .map(({ Properties }) => templateSchema.parse(Properties));
