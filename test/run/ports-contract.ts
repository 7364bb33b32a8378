import { describe, expect, it } from 'vitest';
import type { Journal } from '../../lib/run/journal.ts';
import type { Listings, RunStore } from '../../lib/run/ports.ts';
import { rejectedJournal } from '../../lib/run/rejected-journal.ts';
import type { Observation } from '../../lib/steady-state/observation.ts';

const runId = 'run-1';
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const sample = (second: number, probe = 'products'): Observation => ({
  at: at(second),
  probe,
  latencyMs: 1.5,
});
const check = (name: string, second: number) =>
  ({ kind: 'check', at: at(second), check: name, passed: true, evidence: 'seen' }) as const;

const journal = (samples: Journal['samples']): Journal =>
  rejectedJournal({
    runId,
    experiment: { id: 'an-experiment', title: 'It holds', hash: 'a'.repeat(64), definition: {} },
    environment: { id: 'lab', production: false, tag: { key: 'Env', value: 'lab' } },
    mode: 'rehearsal',
    pace: 1,
    seed: 1,
    startMs: 0,
    endMs: 1,
    rejection: 'lab',
    reasons: [{ message: 'It did not start' }],
    samples,
  });

async function all(observations: AsyncIterable<Observation>): Promise<Observation[]> {
  const found: Observation[] = [];
  for await (const observation of observations) found.push(observation);
  return found;
}

/** What every RunStore must do, the fake and the real ones alike. */
export function itKeepsRuns(create: () => Promise<RunStore>): void {
  describe('as every store of runs', () => {
    it('gives the input back as it was', async () => {
      const store = await create();
      await store.saveInput(runId, '{"a": "ä"}');
      expect(await store.loadInput(runId)).toBe('{"a": "ä"}');
    });

    it('gives entries back in the order in which they happened, whatever the order of their writing and of their keys', async () => {
      const store = await create();
      await store.record(runId, 'z', check('first', 1));
      await store.record(runId, 'a', check('third', 3));
      await store.record(runId, 'm', check('second', 2));
      const names = (await store.entries(runId)).map((entry) => (entry.kind === 'check' ? entry.check : ''));
      expect(names).toEqual(['first', 'second', 'third']);
    });

    it('replaces what is written under a key again', async () => {
      const store = await create();
      await store.record(runId, 'guards', check('guards', 1));
      await store.record(runId, 'guards', { ...check('guards', 1), passed: false });
      expect(await store.entries(runId)).toEqual([{ ...check('guards', 1), passed: false }]);
      await store.saveObservations(runId, '10-baseline/s00000', [sample(1), sample(2)]);
      await store.saveObservations(runId, '10-baseline/s00000', [sample(3)]);
      expect(await all(store.observations(runId))).toEqual([sample(3)]);
    });

    it('gives observations back in the order of their keys', async () => {
      const store = await create();
      await store.saveObservations(runId, '90-recovery/s00000', [sample(9)]);
      await store.saveObservations(runId, '20-stage-00/s00010', [sample(5)]);
      await store.saveObservations(runId, '20-stage-00/s00002', [sample(4)]);
      await store.saveObservations(runId, '20-stage-00/a-start', [
        { at: at(3), mark: 'fault-start', stage: 'one' },
      ]);
      await store.saveObservations(runId, '10-baseline/s00000', [sample(1), sample(2)]);
      const times = (await all(store.observations(runId))).map((one) => one.at);
      expect(times).toEqual([at(1), at(2), at(3), at(4), at(5), at(9)]);
    });

    it('gives those alone whose key begins with a prefix', async () => {
      const store = await create();
      await store.saveObservations(runId, '90-recovery/s00000', [sample(9)]);
      await store.saveObservations(runId, '90-recovery/s00001', [sample(10)]);
      await store.saveObservations(runId, '10-baseline/s00000', [sample(1)]);
      expect(await all(store.observations(runId, '90-recovery/'))).toEqual([sample(9), sample(10)]);
      expect(await all(store.observations(runId, '90-recovery/s00001'))).toEqual([sample(10)]);
      expect(await all(store.observations(runId, '20-stage-00/'))).toEqual([]);
    });

    it('has nothing of a run that it has never heard of', async () => {
      const store = await create();
      expect(await all(store.observations(runId))).toEqual([]);
      expect(await store.entries(runId)).toEqual([]);
      expect(await store.saveSamples(runId)).toMatchObject({ count: 0 });
    });

    it('writes all samples as one, with the same hash for the same samples', async () => {
      const [one, other] = [await create(), await create()];
      for (const store of [one, other]) {
        await store.saveObservations(runId, '10-baseline/s00000', [sample(1), sample(2)]);
        await store.saveObservations(runId, '20-stage-00/s00000', [sample(3)]);
      }
      const written = await one.saveSamples(runId);
      expect(written).toMatchObject({ count: 3 });
      expect(written.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect((await other.saveSamples(runId)).sha256).toBe(written.sha256);
    });

    it('concludes again without losing a sample', async () => {
      const store = await create();
      await store.saveObservations(runId, '10-baseline/s00000', [sample(1), sample(2)]);
      const first = await store.saveSamples(runId);
      await store.saveJournal(journal(first));
      expect(await store.saveSamples(runId)).toEqual(first);
      expect(await all(store.observations(runId))).toEqual([sample(1), sample(2)]);
      await store.saveJournal(journal(first));
      expect(await all(store.observations(runId))).toHaveLength(2);
    });
  });
}

/** The mark of the plan that an experiment is deployed with in these tests. */
export const planOf = (id: string) => `${id.length}a1b2c3d4e5f`.slice(-12);

/** What every Listings must do, given what is deployed, each by its `planOf`. */
export function itListsExperiments(create: (deployed: readonly string[]) => Listings): void {
  describe('as every listing', () => {
    it('knows each experiment that is deployed', async () => {
      const ids = Array.from({ length: 500 }, (_, index) => `experiment-${index}`);
      const listings = create(ids);
      for (const id of ids) expect(await listings.look(id, planOf(id))).toBe('listed');
    });

    it('knows no other, however alike they are', async () => {
      const listings = create(['slow-database', 'stop-tasks']);
      const others = ['slow', 'database', 'slow-database-2', 'slow-database,stop-tasks', ''];
      for (const id of [...others, `=${planOf('slow-database')}`])
        expect(await listings.look(id, planOf(id))).toBe('absent');
    });

    it.each(['000000000000', undefined])(
      'knows an experiment that is deployed by another plan than %s',
      async (plan) => {
        expect(await create(['slow-database', 'stop-tasks']).look('slow-database', plan)).toBe('changed');
      },
    );

    it('knows none where nothing is deployed', async () => {
      expect(await create([]).look('slow-database')).toBe('absent');
    });
  });
}
