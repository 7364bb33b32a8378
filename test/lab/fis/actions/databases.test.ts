import { describe, expect, it } from 'vitest';
import { actionHandlers } from '../../../../lib/lab/fis/action-handlers.ts';
import { containing } from '../../../fakes/matching.ts';
import { actionContext, resource } from '../action-context.ts';
import { fakeLab } from '../fake-lab.ts';

describe('a database that is hit', () => {
  it.each([
    ['aws:rds:failover-db-cluster', {}, 3_000, ' in zone b'],
    ['aws:rds:reboot-db-instances', {}, 3_000, ''],
    ['aws:rds:reboot-db-instances', { forceFailover: 'true' }, 6_000, ' in zone b'],
  ])(
    'is away as long as AWS says, at the pace of the lab, and back where a failover leads: %s %j',
    async (id, parameters, awayMs, where) => {
      const fake = fakeLab();
      const context = actionContext(fake, { parameters, resources: [resource('database', fake)] });
      const bite = await actionHandlers.get(id)?.carryOut(context);
      expect(fake.done).toEqual([`database away for ${awayMs} ms`]);
      expect(bite).toEqual({
        bit: true,
        evidence: `database: 4 connections broken, away for ${awayMs} ms, then back with its data${where}`,
      });
    },
  );

  it('is in its zone until it is back, also when the experiment is stopped before', async () => {
    const fake = fakeLab();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const database = { alive: true, goAway: async () => ({ connections: 1, back: promise }) };
    const context = actionContext(
      { lab: { ...fake.lab, database: () => database } },
      { resources: [resource('database', fake)] },
    );
    await actionHandlers
      .get('aws:rds:failover-db-cluster')
      ?.carryOut({ ...context, signal: AbortSignal.abort() });
    expect(fake.lab.writers.zoneOf('database')).toBe('a');
    resolve(true);
    await promise;
    expect(fake.lab.writers.zoneOf('database')).toBe('b');
  });

  it('is not waited for when the experiment is stopped', async () => {
    const fake = fakeLab();
    const never = { connections: 1, back: new Promise<boolean>(() => undefined) };
    const lab = { ...fake.lab, database: () => ({ alive: true, goAway: async () => never }) };
    const context = actionContext({ lab }, { resources: [resource('database', fake)] });
    const bite = actionHandlers.get('aws:rds:failover-db-cluster')?.carryOut({
      ...context,
      signal: AbortSignal.abort(),
    });
    expect(await bite).toMatchObject({ bit: true, evidence: containing('1 connection broken') });
  });

  it('that a command plays is killed and started again, also when waiting for it fails', async () => {
    const fake = fakeLab();
    const resources = [resource('other', fake)];
    const failing = actionContext(fake, {
      resources,
      meanwhile: () => {
        throw new Error('no time');
      },
    });
    const failover = actionHandlers.get('aws:rds:failover-db-cluster');
    expect(await failover?.carryOut(actionContext(fake, { resources }))).toEqual({
      bit: true,
      evidence: 'other-1: killed, away for 3000 ms, then started again',
    });
    await expect(failover?.carryOut(failing)).rejects.toThrow('no time');
    expect(fake.done).toEqual(['kill other-1', 'start other-1', 'kill other-1', 'start other-1']);
  });
});
