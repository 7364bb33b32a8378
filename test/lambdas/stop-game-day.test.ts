import { describe, expect, it } from 'vitest';
import { createStopWorld, type StopWorld } from './stop-world.ts';

/** A run in the middle of its stage, whose launcher waits for it and was started by an execution of that name. */
async function beginRun(world: StopWorld, starter: string, launcherInput: object): Promise<void> {
  await world.begin('run-1');
  const startedBy = (by: string, more: object = {}) => ({
    status: 'RUNNING',
    input: JSON.stringify({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: by, ...more }),
  });
  world.executions.set('run-1', startedBy('the launcher'));
  world.executions.set('the launcher', startedBy(starter, launcherInput));
  world.executions.set(starter, { status: 'RUNNING' });
}

const ofGameDay = { gameDay: { edition: 'payment-outage-20261201-180000-4fzk', stage: 1 } };

describe('the independent stop, when a game day dies', () => {
  it.each([
    ['ABORTED', 'halted'],
    ['FAILED', 'errored'],
    ['TIMED_OUT', 'errored'],
  ])('stops its fault and records its run, although the launcher waits on: %s', async (status, verdict) => {
    const world = createStopWorld();
    await beginRun(world, 'the game day', ofGameDay);
    expect(await world.minutes(2)).toEqual([]);
    expect(world.active()).toHaveLength(1);
    expect(world.executions.get('run-1')?.status).toBe('RUNNING');

    world.executions.set('the game day', { status });
    expect(await world.minutes(4)).toEqual([]);
    expect(world.active()).toEqual([]);
    expect(world.leasesHeld()).toEqual([]);
    expect(world.under()).toEqual([]);
    expect(world.executions.get('run-1')?.status).toBe('ABORTED');
    expect(world.recorded('run-1')).toMatchObject({ verdict });
    expect(JSON.stringify(world.journal('run-1'))).toContain('its game day has died');
  });

  it('does the same where the machine was deleted, and nobody knows of its execution any more', async () => {
    const world = createStopWorld();
    await beginRun(world, 'the game day', ofGameDay);
    world.executions.delete('the game day');
    expect(await world.minutes(4)).toEqual([]);
    expect(world.active()).toEqual([]);
  });

  it.each(['SUCCEEDED', 'ABORTED'])(
    'leaves a run alone whose launcher some pipeline started, and waits for no more: %s',
    async (status) => {
      const world = createStopWorld();
      await beginRun(world, 'the pipeline', {});
      world.executions.set('the pipeline', { status });
      expect(await world.minutes(2)).toEqual([]);
      expect(world.active()).toHaveLength(1);
      expect(world.executions.get('run-1')?.status).toBe('RUNNING');
    },
  );

  it('leaves a run alone where nobody can tell how its game day is: its lease decides', async () => {
    const world = createStopWorld();
    await beginRun(world, 'the game day', ofGameDay);
    world.executions.set('the game day', { status: 'ABORTED' });
    world.refuse('AccessDeniedException', 'DescribeExecutionCommand');
    await world.minutes(2);
    expect(world.active()).toHaveLength(1);
  });
});
