import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deployedEnvironment } from '../../lib/cdk/deployed-environment.ts';
import { dispatchPermissions } from '../../lib/cdk/dispatch-permissions.ts';
import { functionPermissions } from '../../lib/cdk/function-permissions.ts';
import type { Grant } from '../../lib/cdk/grant.ts';
import { type HandlerName, handlerNames, stopNames } from '../../lib/cdk/handler-bundles.ts';
import { reportPermissions } from '../../lib/cdk/report-permissions.ts';
import { launcherPermissions, schedulerPermissions } from '../../lib/cdk/start-permissions.ts';
import { stopPermissions } from '../../lib/cdk/stop-permissions.ts';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { fits } from '../../lib/fis/arn.ts';
import { neighboursOf } from './ask-request.ts';
import { authorizationOf, isRead, keyOfFunctionCode } from './authorization.ts';
import { deployForProof, environment } from './calls/deployed.ts';
import { commandsReachedBy } from './calls/reach.ts';
import { recordCalls, type SentCall } from './calls/recorded-calls.ts';
import { recordDispatch } from './calls/recorded-dispatch.ts';
import { recordReport } from './calls/recorded-report.ts';
import { type OwnRole, ownRoles } from './own-roles.ts';
import type { IamRequest } from './request.ts';
import { isAllowed, singleGrants, unusedOf } from './simulate.ts';

const roleNames = [
  ...handlerNames,
  ...stopNames,
  'probe-zoneA',
  'runner',
  'launcher',
  'dispatch',
  'dispatcher',
  'report',
  'scheduler',
  'kill-switch',
] as const;
type RoleName = (typeof roleNames)[number];

/** Commands that the walk through the code finds, and that no run sends. */
const neverSent: Partial<Record<HandlerName, Readonly<Record<string, string>>>> = {
  admit: { StopExecutionCommand: 'traffic is stopped as a run concludes' },
  observe: { StopExecutionCommand: 'traffic is stopped as a run concludes' },
  recover: { StopExecutionCommand: 'traffic is stopped as a run concludes' },
  conclude: {
    StartExecutionCommand: 'traffic begins as a run is admitted, and is kept up while it is observed',
  },
};

const deployed = deployedEnvironment(environment, environmentSchema.parse(environment));
const grants: readonly Grant[] = [
  ...handlerNames.flatMap((name) => functionPermissions[name](deployed)),
  ...stopNames.flatMap((name) => stopPermissions[name](deployed)),
  ...dispatchPermissions(deployed),
  ...reportPermissions(deployed),
  ...launcherPermissions(deployed),
  ...schedulerPermissions(deployed),
];
const unlimited = grants.filter((granted) => granted.unlimited !== undefined);

describe("Steadfast's own roles", () => {
  let calls: readonly SentCall[];
  let roles: ReadonlyMap<string, OwnRole>;
  /** What was asked of the simulator. */
  const count = { requests: 0, neighbours: 0, single: 0 };

  beforeAll(async () => {
    // Probes ask over HTTP, and whoever they ask is well.
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { headers: { 'content-length': '2' } })));
    const proof = deployForProof();
    calls = [...(await recordCalls(proof)), ...(await recordDispatch()), ...(await recordReport())];
    roles = new Map((await ownRoles(proof, calls)).map((role) => [role.name, role]));
  }, 120_000);

  afterAll(() => vi.unstubAllGlobals());

  const roleOf = (name: RoleName): OwnRole => {
    const role = roles.get(name);
    if (role === undefined) throw new Error(`there is no role ${name}`);
    return role;
  };

  it('are these and no others', () => {
    expect([...roles.keys()].toSorted()).toEqual([...roleNames].toSorted());
  });

  it.each(handlerNames)(
    '%s sends the commands that its code can come to, and was seen to send each',
    (name) => {
      const sent = new Set(calls.filter(({ by }) => by === name).map(({ command }) => command));
      const reached = commandsReachedBy(name);
      expect(sent.size).toBeGreaterThan(5);
      expect([...sent].filter((command) => !reached.has(command))).toEqual([]);
      expect([...reached].filter((command) => !sent.has(command))).toEqual(
        Object.keys(neverSent[name] ?? {}),
      );
    },
  );

  it('probe-zoneA reads the secrets that headers need, and sends nothing else', () => {
    const sent = calls.filter(({ by }) => by === 'probe').map(({ command }) => command);
    expect(new Set(sent)).toEqual(new Set(['GetSecretValueCommand', 'GetParameterCommand']));
  });

  it.each(roleNames)('%s lacks no permission', async (name) => {
    const { statements, asked, documented, caller } = roleOf(name);
    const missing: string[] = [];
    for (const request of [...asked, ...documented]) {
      count.requests += 1;
      if (!(await isAllowed(statements, request, caller))) missing.push(told(request));
    }
    expect(missing).toEqual([]);
  });

  it.each(roleNames)('%s has no permission that nobody needs', async (name) => {
    const { statements, asked, documented, caller } = roleOf(name);
    count.single += singleGrants(statements).length;
    expect(await unusedOf(statements, [...asked, ...documented], caller)).toEqual([]);
  });

  it.each(roleNames)('%s may not do the same in another environment, account or Region', async (name) => {
    const { statements, asked, caller } = roleOf(name);
    const escapes: string[] = [];
    for (const { request, neighbour } of asked.flatMap(withNeighbours)) {
      count.neighbours += 1;
      if (!(await isAllowed(statements, request, caller)) || isUnlimited(request)) continue;
      escapes.push(`${neighbour}: ${told(request)}`);
    }
    expect(escapes).toEqual([]);
  });

  it('are asked about in more than a handful of ways', () => {
    expect(count.requests).toBeGreaterThan(250);
    expect(count.neighbours).toBeGreaterThan(400);
    expect(count.single).toBeGreaterThan(100);
  });

  it.each(['probe-zoneA'] as const)("the code of %s may not make Lambda's own calls", async (name) => {
    const { statements, documented, caller } = roleOf(name);
    const ofInterfaces = documented.filter(({ action }) => action.startsWith('ec2:'));
    const functionArn = `arn:aws:lambda:${caller.region}:${caller.account}:function:steadfast-staging-${name}`;
    const allowed = await Promise.all(
      ofInterfaces.map((request) =>
        isAllowed(
          statements,
          { ...request, context: { ...request.context, [keyOfFunctionCode]: functionArn } },
          caller,
        ),
      ),
    );
    expect(allowed).toEqual(ofInterfaces.map(() => false));
    expect(ofInterfaces.length).toBeGreaterThan(3);
  });

  it.each(unlimited.map((granted) => [granted.sid, granted] as const))(
    'what is not limited to the environment cannot be, or only looks: %s',
    async (sid, { actions, resources }) => {
      for (const action of actions) {
        const authorization = await authorizationOf(action);
        const knowsNoResource = authorization.types.length === 0;
        const isLimitedByAnother =
          action === 'ssm:StartAutomationExecution' && sid === 'AutomationExecutions';
        expect([
          action,
          knowsNoResource ||
            isRead(authorization) ||
            isLimitedByAnother ||
            // The one writes nothing of anybody's, the other only ever ends a fault.
            ['LearnOfTheEnd', 'StopAnyExperiments'].includes(sid),
        ]).toEqual([action, true]);
      }
      expect(resources.length).toBeGreaterThan(0);
    },
  );

  it('everything on all resources says why', () => {
    const onAll = grants.filter(({ resources }) => resources.includes('*'));
    expect(onAll.filter((granted) => granted.unlimited === undefined)).toEqual([]);
  });
});

const told = ({ action, resource, context }: IamRequest) =>
  `${action} on ${resource} ${JSON.stringify(context)}`;

/** Whether a request is one of those that no grant limits to the environment. */
const isUnlimited = ({ action, resource }: IamRequest) =>
  unlimited.some(
    ({ actions, resources }) =>
      actions.includes(action) && resources.some((pattern) => fits(pattern, resource)),
  );

const withNeighbours = (request: IamRequest) =>
  neighboursOf(request).map((neighbour) => ({ neighbour: neighbour.name, request: neighbour.request }));
