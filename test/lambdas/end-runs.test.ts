import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDynamoHalts } from '../../lib/aws/dynamo-halts.ts';
import { containing } from '../fakes/matching.ts';
import { createStopWorld } from './stop-world.ts';

const request = (RequestType: string, ResourceProperties: object, more: object = {}) => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example.com/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'EndRunsGate',
  ResourceProperties: { ServiceToken: 'the function', ...ResourceProperties },
  ...more,
});

const both = { Scope: 'experiments', Experiments: { 'slow-database': ['EXT1'], other: ['EXTother'] } };
const withRoles = (role: string) => ({ ...both, Roles: { 'slow-database': role, other: 'other' } });
const guards = (...names: readonly string[]) => ({ Scope: 'guards', Guards: names });
const days = (...ids: readonly string[]) => ({ Scope: 'game-days', GameDays: ids });
const one = { Scope: 'experiments', Experiments: { other: ['EXTother'] } };

/** What CloudFormation was answered. */
function answers() {
  const told: unknown[] = [];
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    told.push(JSON.parse(body));
    return Promise.resolve(new Response());
  });
  return told;
}

afterEach(() => vi.unstubAllGlobals());

describe('the custom resource that is deleted before what runs need', () => {
  it('fails where its answer is not taken, so that it is called again', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('slow down', { status: 503 })));
    const answering = createStopWorld().takeAway(request('Create', both));
    await expect(answering).rejects.toThrow('CloudFormation could not be answered: status 503');
  });

  it('lets a stack be made and changed without ending anything', async () => {
    const world = createStopWorld();
    const told = answers();
    await world.begin('run-1');
    await world.takeAway(request('Create', both));
    await world.takeAway(request('Update', both, { OldResourceProperties: one, PhysicalResourceId: 'it' }));
    const same = { OldResourceProperties: withRoles('a'), PhysicalResourceId: 'it' };
    await world.takeAway(request('Update', { ...withRoles('a'), New: 'property' }, same));
    expect(told.pop()).toMatchObject({ Status: 'SUCCESS' });
    expect(told).toEqual([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: 'end-runs-first',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'EndRunsGate',
      },
      {
        Status: 'SUCCESS',
        PhysicalResourceId: 'it',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'EndRunsGate',
      },
    ]);
    expect(world.active()).toHaveLength(1);
  });

  it.each([
    ['a stack is deleted', request('Delete', both)],
    ['an experiment is taken out of its stack', request('Update', one, { OldResourceProperties: both })],
    ["FIS's role is replaced", request('Update', withRoles('b'), { OldResourceProperties: withRoles('a') })],
  ])('ends the runs of what goes, and waits for their faults, where %s', async (_, event) => {
    const world = createStopWorld();
    const told = answers();
    await world.begin('run-1');
    const foreign = await world.startByHand('EXTforeign');
    await world.takeAway(event);
    expect(told).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(world.active()).toEqual([`${foreign} running`]);
    const halts = createDynamoHalts({ dynamo: world.clients.dynamo, table: 'steadfast', clock: world.clock });
    // The runner sees it, and concludes; other runs do not.
    expect(await halts.requested('run-1')).toEqual({ reason: 'what it needs is being deleted' });
    expect(await halts.requested('run-2')).toBeUndefined();
  });

  it.each([
    [
      'a game day is taken out of its stack',
      request('Update', days('other'), { OldResourceProperties: days('slow-day', 'other') }),
    ],
    ['the stack of game days is deleted', request('Delete', days('slow-day'))],
  ])('ends the runs of a game day, and of no other, where %s', async (_, event) => {
    const world = createStopWorld();
    const told = answers();
    const ofTheDay = 'slow-day-20261201-180000-4fzk-1-1';
    const others = ['run-1', 'slow-day-two-20261201-180000-4fzk-1-1', 'other-20261201-180000-4fzk-1-1'];
    for (const run of [ofTheDay, ...others]) await world.begin(run);
    await world.takeAway(event);
    // As soon as its faults have ended: the runner lives on, and concludes the run.
    expect(told).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(world.active()).toHaveLength(others.length);
    const halts = createDynamoHalts({ dynamo: world.clients.dynamo, table: 'steadfast', clock: world.clock });
    expect(await halts.requested(ofTheDay)).toEqual({ reason: 'its game day is being deleted' });
    for (const run of others) expect(await halts.requested(run)).toBeUndefined();
  });

  it('waits for every run before the runner itself is deleted, and has the deletion fail where one does not end', async () => {
    const world = createStopWorld();
    const told = answers();
    await world.begin('run-1');
    await world.takeAway(request('Delete', { Scope: 'environment' }));
    expect(world.active()).toEqual([]);
    expect(told).toMatchObject([{ Status: 'FAILED', Reason: containing('run run-1 has not concluded') }]);
    // Concluded meanwhile: then it may go.
    world.table.items.delete('LIVE RUN#run-1');
    await world.takeAway(request('Delete', { Scope: 'environment' }));
    expect(told.at(-1)).toMatchObject({ Status: 'SUCCESS' });
  });

  it('ends every run before an update takes a guard away, and lets none begin while the guard goes', async () => {
    const world = createStopWorld();
    const told = answers();
    await world.begin('run-1');
    await world.takeAway(
      request('Update', guards('errors', 'latency'), { OldResourceProperties: guards('errors') }),
    );
    expect(world.active()).toHaveLength(1);
    await world.takeAway(
      request('Update', guards('latency'), { OldResourceProperties: guards('errors', 'latency') }),
    );
    // A fault that has ended needs no guard, so nothing waits for the run to conclude.
    expect(told).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
    expect(world.active()).toEqual([]);
    const halts = createDynamoHalts({ dynamo: world.clients.dynamo, table: 'steadfast', clock: world.clock });
    const why = 'a deployment takes guards away: errors';
    expect(await halts.requested('run-1')).toEqual({ reason: why });
    expect(await halts.requested('run-2')).toEqual({ reason: `all runs: ${why}` });
    await world.clock.sleep(15 * 60_000);
    expect(await halts.requested('run-2')).toBeUndefined();
  });

  it('takes no guard away while a fault does not end, and says what to do', async () => {
    const world = createStopWorld();
    const told = answers();
    await world.begin('run-1');
    world.refuse('AccessDeniedException', 'StopExperimentCommand');
    await world.takeAway(request('Update', guards(), { OldResourceProperties: guards('errors') }));
    expect(told).toMatchObject([
      { Status: 'FAILED', Reason: containing('Wait until they have ended, or stop them, and deploy again.') },
    ]);
  });

  it('waits for every run before all guards are deleted', async () => {
    const world = createStopWorld();
    const told = answers();
    await world.begin('run-1');
    await world.takeAway(request('Delete', guards('errors')));
    expect(world.active()).toEqual([]);
    expect(told).toMatchObject([{ Status: 'FAILED', Reason: containing('run run-1 has not concluded') }]);
  });

  it('has the deletion fail where nobody can tell', async () => {
    const world = createStopWorld();
    const told = answers();
    world.refuse('AccessDeniedException', 'ListExperimentsCommand');
    await world.takeAway(request('Delete', both));
    expect(told).toMatchObject([{ Status: 'FAILED', Reason: containing('could not be read') }]);
  });
});
