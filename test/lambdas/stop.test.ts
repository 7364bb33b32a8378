import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PublishCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { journalSchema } from '../../lib/run/journal.ts';
import { verdictEventSchema } from '../../lib/run/verdict-event-schema.ts';
import { journalOf } from '../fakes/fake-aws-journal.ts';
import { createStopWorld, type StopWorld } from './stop-world.ts';

/** Nothing is left of the run, and its end was recorded and told of once. */
function expectEnded(world: StopWorld, runId: string, verdict: string) {
  expect(world.active()).toEqual([]);
  expect(world.leasesHeld()).toEqual([]);
  expect(world.under()).toEqual([]);
  expect(world.recorded(runId)).toMatchObject({ verdict });
  expect(journalSchema.parse(world.journal(runId)).verdict).toBe(verdict);
  expect(world.topic.commandCalls(PublishCommand)).toHaveLength(1);
  expect(toldToSystems(world)).toMatchObject([{ runId, verdict }]);
}

/** The events, each of the published form. */
const toldToSystems = (world: StopWorld) =>
  world.bus
    .commandCalls(PutEventsCommand)
    .flatMap(({ args: [{ input }] }) => input.Entries ?? [])
    .map(({ Detail = '' }) => verdictEventSchema.parse(JSON.parse(Detail)));

describe('the independent stop, by its real function', () => {
  it.each([0, 5 * 60_000, -5 * 60_000])(
    'leaves a live run alone, with a clock that is %i ms off',
    async (offMs) => {
      const world = createStopWorld();
      await world.begin('run-1');
      expect(await world.sweep({}, offMs)).toEqual({
        stopped: [],
        ended: {},
        expiredLeases: 0,
        problems: [],
      });
      expect(world.active()).toHaveLength(1);
      expect(await world.leases.acquire('run-2', ['shop'], world.clock.now())).toEqual({
        held: false,
        by: 'run-1',
      });
    },
  );

  it('ends a run whose runner died: stops the fault, rolls back with proof, gives the lease back, records and tells once', async () => {
    const world = createStopWorld();
    const id = await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    expect(await world.minutes(1)).toEqual([]);
    expect(world.active()).toEqual([]);
    // Nobody gets the service before all is undone, and the runner cannot renew.
    expect(await world.leases.acquire('run-2', ['shop'], world.clock.now())).toMatchObject({ held: false });
    expect(
      await world.leases.renew({ runId: 'run-1', services: ['shop'], token: 1 }, world.clock.now()),
    ).toBe(false);
    expect(await world.minutes(9)).toEqual([]);
    expectEnded(world, 'run-1', 'errored');
    expect(toldToSystems(world)).toMatchObject([{ services: ['shop'], environment: 'staging' }]);
    expect(world.journal('run-1')).toMatchObject({
      stages: [{ fisExperimentId: id, fisStatus: 'stopped', halt: { by: 'steadfast' } }],
      rollbacks: [{ name: 'flush', result: 'proven' }],
      findings: [{ code: 'runner-died' }, { code: 'recovery-unseen' }],
    });
    expect(world.counted).toEqual({ FaultsStopped: 1, RunsEnded: 1 });
  });

  it.each(['ABORTED', 'launcher ABORTED', 'halt'])('is halted where a person ended it: %s', async (how) => {
    const world = createStopWorld();
    await world.begin('run-1');
    if (how === 'ABORTED') world.executions.set('run-1', { status: 'ABORTED' });
    else if (how === 'halt') {
      await world.halt({ run: 'run-1', reason: 'an outage' });
      world.executions.set('run-1', { status: 'TIMED_OUT' });
    } else {
      const input = JSON.stringify({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'the launcher' });
      world.executions.set('run-1', { status: 'RUNNING', input });
      world.executions.set('the launcher', { status: 'ABORTED' });
    }
    world.topic.resetHistory();
    world.bus.resetHistory();
    expect(await world.minutes(4)).toEqual([]);
    expectEnded(world, 'run-1', 'halted');
    expect(world.executions.get('run-1')?.status).not.toBe('RUNNING');
  });

  it.each(['by the event of its end', 'without any event'])(
    'records and tells of a run that the table never let begin, %s',
    async (how) => {
      const world = createStopWorld();
      const input = JSON.stringify({ runId: 'run-9', input: { experiment: { id: 'slow-database' } } });
      world.executions.set('run-9', { status: 'FAILED', input });
      const event = {
        source: 'aws.states',
        detail: {
          name: 'run-9',
          executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:steadfast-runner-staging:run-9',
          status: 'FAILED',
          startDate: world.clock.now() - 5_000,
          input,
        },
      };
      if (how.startsWith('by')) for (let times = 0; times < 2; times += 1) await world.sweep(event);
      await world.minutes(4);
      expect(world.recorded('run-9')).toMatchObject({ experiment: 'slow-database', verdict: 'errored' });
      expect(toldToSystems(world)).toMatchObject([{ runId: 'run-9', verdict: 'errored' }]);
      expect(world.topic.commandCalls(PublishCommand)).toHaveLength(1);
      expect(world.under()).toEqual([]);
    },
  );

  it('needs no event: the same comes of an event, of one twice, and of two sweeps at once', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    const event = { source: 'aws.states', detail: { name: 'run-1', status: 'FAILED' } };
    await Promise.all([world.sweep(event), world.sweep(event), world.sweep()]);
    await world.clock.sleep(120_000);
    await Promise.all([world.sweep(event), world.sweep(), world.sweep()]);
    expectEnded(world, 'run-1', 'errored');
    expect(world.counted['RunsEnded']).toBe(1);
  });

  it('does nothing but for the run that an event names', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    const other = { source: 'aws.states', detail: { name: 'run-2', status: 'FAILED' } };
    expect(await world.sweep(other)).toMatchObject({ stopped: [], ended: {} });
  });

  it('stops what was started by hand from a template of ours, and nothing of anybody else', async () => {
    const world = createStopWorld();
    const byHand = await world.startByHand('EXT1');
    const foreign = await world.startByHand('EXTforeign');
    expect(await world.sweep()).toMatchObject({ stopped: [byHand] });
    await world.clock.sleep(5_000);
    expect(world.active()).toEqual([`${foreign} running`]);
  });

  it.each([
    ['', false],
    [' though a sweep that was killed still has the right to end the run', true],
  ])('stops a start that lands after the stop%s, and undoes it again', async (_what, isTaken) => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'TIMED_OUT' });
    await world.minutes(1);
    const rollbacks = () => mockCalls(world);
    expect(rollbacks()).toBe(1);
    const tags = { 'steadfast:environment': 'staging', 'steadfast:run': 'run-1' };
    const late = await world.startFault('EXT1', 'late', tags);
    if (isTaken) {
      const run = { runId: 'run-1', experiment: 'slow-database', startedAtMs: 0 };
      await world.liveRuns.claim(run, world.clock.now() + 50_000);
      expect(await world.sweep()).toMatchObject({ stopped: [late], ended: { 'run-1': 'another ends it' } });
    }
    await world.minutes(4);
    expectEnded(world, 'run-1', 'errored');
    expect(rollbacks()).toBe(2);
    // Even once nobody knows the run any more.
    const last = await world.startFault('EXT1', 'last', tags);
    expect(await world.sweep()).toMatchObject({ stopped: [last] });
    expect(late).not.toBe(last);
  });

  it('tries a rollback each minute until it is proven', async () => {
    let looks = 0;
    const world = createStopWorld({
      sees: () => {
        looks += 1;
        return { status: looks < 50 ? 500 : 200, latencyMs: 20 };
      },
    });
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    const failures = await world.minutes(5);
    expect(failures[0]).toContain('rollback flush of run run-1');
    expectEnded(world, 'run-1', 'errored');
    expect(mockCalls(world)).toBeGreaterThanOrEqual(3);
    expect(world.journal('run-1')).toMatchObject({ rollbacks: [{ result: 'proven' }] });
  });

  it('records a rollback that nobody could prove, once its time is up', async () => {
    const world = createStopWorld({ sees: () => ({ status: 500, latencyMs: 20 }) });
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'ABORTED' });
    await world.minutes(15);
    expectEnded(world, 'run-1', 'unrecovered');
    expect(world.journal('run-1')).toMatchObject({ findings: [{ code: 'rollback-unproven' }, {}, {}] });
  });

  it('tells of a run although S3 is denied, and writes its journal when it is not', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    await world.minutes(1);
    world.refuse('AccessDenied', 'PutObjectCommand', 'GetObjectCommand');
    const failures = await world.minutes(4);
    expect(failures.join()).toContain('the record of run run-1 could not be written');
    expect(world.topic.commandCalls(PublishCommand)).toHaveLength(1);
    expect(world.leasesHeld()).toEqual([]);
    world.allow();
    expect(await world.minutes(1)).toEqual([]);
    expectEnded(world, 'run-1', 'errored');
  });

  it('tells people once they can be told, and systems no second time', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    world.refuse('AuthorizationErrorException', 'PublishCommand');
    expect((await world.minutes(4)).join()).toContain('the people could not be told');
    world.allow();
    expect(await world.minutes(2)).toEqual([]);
    expectEnded(world, 'run-1', 'errored');
  });

  it('fails, so that its alarm rings, while FIS cannot be read, and goes on when it can', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    world.refuse('ThrottlingException', 'ListExperimentsCommand');
    expect((await world.minutes(1))[0]).toContain('FIS could not be read');
    world.allow();
    expect(await world.minutes(4)).toEqual([]);
    expectEnded(world, 'run-1', 'errored');
  });

  it('stops the faults of a run whose execution is over also while the table cannot be read, and of no other', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.refuse('ProvisionedThroughputExceededException', 'QueryCommand');
    expect((await world.minutes(1))[0]).toContain('the leases could not be read');
    expect(world.active()).toHaveLength(1);
    world.executions.set('run-1', { status: 'FAILED' });
    await world.minutes(1);
    await world.clock.sleep(5_000);
    expect(world.active()).toEqual([]);
  });

  it('stops the faults of a run that lives on after its lease is lost, and leaves its record to it', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    await world.clock.sleep(15 * 60_000 + 1_000);
    expect(await world.sweep()).toMatchObject({ stopped: ['EXP1'], ended: {}, expiredLeases: 2 });
    expect(world.leasesHeld()).toEqual([]);
    expect(world.under()).toHaveLength(1);
    expect(
      await world.leases.renew({ runId: 'run-1', services: ['shop'], token: 1 }, world.clock.now()),
    ).toBe(false);
    world.executions.set('run-1', { status: 'SUCCEEDED' });
    await world.minutes(4);
    expectEnded(world, 'run-1', 'errored');
  });

  it('takes away leases that nobody lives for, and counts them', async () => {
    const world = createStopWorld();
    await world.leases.acquire('run-1', ['shop'], world.clock.now() + 1_000);
    expect(await world.sweep()).toMatchObject({ expiredLeases: 0 });
    await world.clock.sleep(2_000);
    expect(await world.sweep()).toMatchObject({ expiredLeases: 2 });
    expect(world.leasesHeld()).toEqual([]);
    expect(world.counted).toEqual({ LeasesExpired: 2 });
  });

  it("tells what the runner's own journal says, where it died before it could, and leaves the journal as it is", async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.set('run-1', { status: 'FAILED' });
    const own = journalOf({ runId: 'run-1', verdict: 'deviated', summary: 'p95 was missed.' });
    const text = JSON.stringify(own);
    world.bucket.objects.set('runs/run-1/journal.json', text);
    await world.minutes(4);
    expect(world.bucket.objects.get('runs/run-1/journal.json')).toBe(text);
    expect(world.recorded('run-1')).toMatchObject({ verdict: 'deviated', summary: 'p95 was missed.' });
    expect(toldToSystems(world)).toMatchObject([{ verdict: 'deviated', hash: own.experiment.hash }]);
    expect(world.topic.commandCalls(PublishCommand)).toHaveLength(1);
  });

  it('ends a run also where its plan is gone, and says that it could not roll back', async () => {
    const world = createStopWorld();
    await world.begin('run-1');
    world.executions.delete('run-1');
    world.bucket.objects.clear();
    await world.minutes(4);
    expect(world.active()).toEqual([]);
    expect(world.under()).toEqual([]);
    expect(world.recorded('run-1')).toMatchObject({ verdict: 'errored' });
    const [told] = world.topic.commandCalls(PublishCommand);
    expect(told?.args[0].input.Message).toContain("Rollback flush failed: the run's plan could not be read");
  });
});

/** How often a rollback's function was called. */
function mockCalls({ invoked }: StopWorld): number {
  return invoked.commandCalls(InvokeCommand).length;
}
