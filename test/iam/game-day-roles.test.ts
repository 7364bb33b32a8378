import { beforeAll, describe, expect, it } from 'vitest';
import { deployedEnvironment } from '../../lib/cdk/deployed-environment.ts';
import {
  deskPermissions,
  machinePermissions,
  scribePermissions,
} from '../../lib/cdk/game-day/permissions.ts';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { fits } from '../../lib/fis/arn.ts';
import { slowDay } from '../cdk/game-day/example.ts';
import { synthesize } from '../cdk/synthesis.ts';
import { slowDatabase } from '../plan/examples.ts';
import { neighboursOf, requestOf } from './ask-request.ts';
import type { Ask } from './calls/asking.ts';
import { asksOf } from './calls/asks.ts';
import { environment } from './calls/deployed.ts';
import type { SentCall } from './calls/recorded-calls.ts';
import { recordGameDays } from './calls/recorded-game-days.ts';
import { needsOfFunction, needsOfMachines, needsOfSync } from './documented-needs.ts';
import type { Caller, IamRequest } from './request.ts';
import { isAllowed, type Statement, unusedOf } from './simulate.ts';
import { rolesIn } from './synthesized-roles.ts';

const stackName = 'steadfast-staging-game-days';
const launcher = 'steadfast-staging-slow-database';

/** Each role by its construct: which function it is of, by its name and the name of its bundle. */
const functions = {
  Gameday: ['game-day', 'game-day'],
  Desk: ['desk', 'desk'],
  Scribe: ['scribe', 'scribe'],
  Viewoperator: ['view-operator', 'widget'],
  Viewobserver: ['view-observer', 'widget'],
  ViewonCall: ['view-onCall', 'widget'],
} as const;
const machine = 'Machineslowday';
const titles = [...Object.keys(functions), machine];

/** What carries tags carries those of the environment. */
const ours = { 'steadfast:environment': environment.id };
const tagged = { template: () => ours, experiment: ours, environment: ours };

const environmentOf = deployedEnvironment(environment, environmentSchema.parse(environment));
const unlimited = [
  ...deskPermissions(environmentOf),
  ...scribePermissions(environmentOf),
  ...machinePermissions(environmentOf, '', []),
].filter((granted) => granted.unlimited !== undefined);

interface Role {
  readonly statements: readonly Statement[];
  readonly caller: Caller;
  readonly asked: readonly IamRequest[];
  readonly documented: readonly IamRequest[];
}

describe('the roles of game days', () => {
  let roles: ReadonlyMap<string, Role>;

  beforeAll(async () => {
    const stacks = synthesize({
      experiments: [{ ...slowDatabase, environments: { staging: {} } }],
      environments: [environment],
      gameDays: [slowDay],
    });
    const template = stacks.get(stackName) ?? { Resources: {} };
    const calls = await recordGameDays();
    const { account, region } = environment;
    roles = new Map(
      await Promise.all(
        rolesIn(new Map([[stackName, template]]), environment).map(async ({ logicalId, statements }) => {
          const title = logicalId.replace(/Role[0-9A-F]{8}$/, '');
          const caller = { roleArn: `arn:aws:iam::${account}:role/${logicalId}`, account, region };
          const { asked, documented } = asksOfRole(title, calls);
          const role: Role = {
            statements,
            caller,
            asked: await requestsOf(asked, caller),
            documented: await requestsOf(documented, caller),
          };
          return [title, role] as const;
        }),
      ),
    );
  }, 60_000);

  const roleOf = (title: string): Role => {
    const role = roles.get(title);
    if (role === undefined) throw new Error(`there is no role ${title}`);
    return role;
  };

  it('are these and no others', () => {
    expect([...roles.keys()].toSorted()).toEqual(titles.toSorted());
  });

  it.each(titles)('%s lacks no permission', async (title) => {
    const { statements, asked, documented, caller } = roleOf(title);
    expect(asked.length).toBeGreaterThan(1);
    const missing: string[] = [];
    for (const request of [...asked, ...documented])
      if (!(await isAllowed(statements, request, caller))) missing.push(told(request));
    expect(missing).toEqual([]);
  });

  it.each(titles)('%s has no permission that nobody needs', async (title) => {
    const { statements, asked, documented, caller } = roleOf(title);
    expect(await unusedOf(statements, [...asked, ...documented], caller)).toEqual([]);
  });

  it.each(titles)('%s may not do the same in another environment, account or Region', async (title) => {
    const { statements, asked, caller } = roleOf(title);
    const escapes: string[] = [];
    for (const { name, request } of asked.flatMap(neighboursOf))
      if (!isUnlimited(request) && (await isAllowed(statements, request, caller)))
        escapes.push(`${name}: ${told(request)}`);
    expect(escapes).toEqual([]);
  });

  it.each(titles)(
    '%s writes nothing into the table but logs, approvals of game days and halts',
    async (title) => {
      const { statements, caller } = roleOf(title);
      const written: string[] = [];
      for (const partition of [
        'APPROVAL',
        'GAMEDAYAPPROVAL',
        'GAMEDAY#any',
        'HALT#any',
        'LIVE',
        'PAUSE',
        'RUN#any',
      ])
        for (const call of ['DeleteItem', 'PutItem', 'UpdateItem']) {
          const context = { 'dynamodb:LeadingKeys': [partition] };
          const ask: Ask = {
            action: `dynamodb:${call}`,
            on: ['table', { TableName: 'steadfast-staging' }],
            context,
          };
          if (await isAllowed(statements, await requestOf(ask, caller), caller))
            written.push(`${call} ${partition}`);
        }
      const acting = [
        'UpdateItem GAMEDAYAPPROVAL',
        'PutItem GAMEDAY#any',
        'DeleteItem HALT#any',
        'PutItem HALT#any',
      ];
      const expected: Readonly<Record<string, readonly string[]>> = {
        Gameday: [...acting, 'UpdateItem HALT#any'],
        Scribe: ['PutItem GAMEDAY#any'],
        [machine]: [],
      };
      expect(written).toEqual(expected[title] ?? acting);
    },
  );
});

function asksOfRole(title: string, calls: readonly SentCall[]) {
  if (title === machine) {
    const asked: Ask[] = [
      { action: 'lambda:InvokeFunction', on: ['function', { FunctionName: 'steadfast-staging-game-day' }] },
      { action: 'states:StartExecution', on: ['statemachine', { StateMachineName: launcher }] },
    ];
    return { asked, documented: [...needsOfMachines, needsOfSync(launcher)].flatMap(({ asks }) => asks) };
  }
  const found = Object.entries(functions).find(([name]) => name === title);
  if (found === undefined) throw new Error(`nobody has told what the role ${title} is for`);
  const [, [name, bundle]] = found;
  return {
    asked: calls.filter(({ by }) => by === bundle).flatMap((call) => asksOf(call, tagged)),
    documented: needsOfFunction(name, { isInVpc: false, isTraced: true }).flatMap(({ asks }) => asks),
  };
}

/** Each request once. */
async function requestsOf(asks: readonly Ask[], caller: Caller): Promise<IamRequest[]> {
  const different = new Map(asks.map((ask) => [JSON.stringify(ask), ask]));
  return Promise.all([...different.values()].map((ask) => requestOf(ask, caller)));
}

const told = ({ action, resource, context }: IamRequest) =>
  `${action} on ${resource} ${JSON.stringify(context)}`;

const isUnlimited = ({ action, resource }: IamRequest) =>
  unlimited.some(
    ({ actions, resources }) =>
      actions.includes(action) && resources.some((pattern) => fits(pattern, resource)),
  );
