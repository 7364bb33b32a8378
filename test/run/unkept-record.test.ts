import { describe, expect, it } from 'vitest';
import type { RunStore } from '../../lib/run/ports.ts';
import { containing, withFields } from '../fakes/matching.ts';
import { changed, run, type ScriptedRun } from './scripted-run.ts';

const denied = () => Promise.reject(new Error('Access Denied'));

/** A bucket that takes nothing while `isShut`. */
const shutWhile =
  (isShut: () => boolean) =>
  (store: RunStore): RunStore => ({
    ...store,
    record: (...given) => (isShut() ? denied() : store.record(...given)),
    saveObservations: (...given) => (isShut() ? denied() : store.saveObservations(...given)),
    saveSamples: (...given) => (isShut() ? denied() : store.saveSamples(...given)),
    // The journal gets there, and what is written beside it does not.
    saveJournal: async (journal) => {
      await store.saveJournal(journal);
      if (isShut()) await denied();
    },
  });

/** A run whose bucket takes nothing from one step to another (or for good). */
function shutBetween(from: string, to?: string) {
  let isShut = false;
  return run({
    definition: changed({
      rollbacks: {
        reset: { http: { service: 'shop', path: '/reset' }, timeout: '20s', provenBy: 'products' },
      },
    }),
    world: { through: shutWhile(() => isShut) },
    around: async (step, carryOut) => {
      if (step === from) isShut = true;
      if (step === to) isShut = false;
      return carryOut();
    },
  });
}

const notKept = { code: 'record-not-kept', verdict: 'errored' };

function expectTold({ told, published, held, last }: ScriptedRun) {
  expect(told).toHaveLength(1);
  expect(published).toMatchObject([{ verdict: 'errored' }]);
  expect(held.size).toBe(0);
  expect(last).toMatchObject({ next: 'done', verdict: 'errored' });
}

describe('a run whose bucket takes nothing', () => {
  it('as it concludes is errored, and its verdict reaches people and systems all the same', async () => {
    const errored = await shutBetween('conclude');
    expectTold(errored);
    expect(errored.told[0]?.body).toContain("The run's record is not whole: ");
    expect(errored.told[0]?.body).toContain("Look whether Steadfast's functions may use the bucket");
    expect(errored.told[0]?.body).toContain('its journal could not be written (Access Denied)');
    // Nothing that was written says better than what was told.
    expect(errored.store.journals.map(({ verdict }) => verdict)).toEqual(['errored', 'errored']);
  });

  it('while a fault is undone has it rolled back at once, and says so when it concludes', async () => {
    const errored = await shutBetween('endFault', 'recover');
    expect(errored.performed).toEqual(['reset']);
    expectTold(errored);
    expect(errored.journal.findings).toContainEqual(
      withFields({
        code: 'steadfast-failed',
        message: containing('what its steps found could not be written'),
      }),
    );
  });

  it('for a moment only keeps its record and its verdict', async () => {
    let tries = 0;
    const held = await run({
      world: {
        through: (store) => ({
          ...store,
          saveJournal: async (journal) => {
            tries += 1;
            if (tries < 4) await denied();
            await store.saveJournal(journal);
          },
        }),
      },
    });
    expect(tries).toBe(4);
    expect(held.journal.verdict).toBe('held');
    expect(held.told).toEqual([]);
  });

  it('of which nothing can be read is errored, whatever its probes saw', async () => {
    const errored = await run({
      world: {
        through: (store) => {
          let isOver = false;
          return {
            ...store,
            saveSamples: async (runId) => {
              isOver = true;
              return store.saveSamples(runId);
            },
            entries: (runId) => (isOver ? denied() : store.entries(runId)),
            observations: async function* observations(runId, prefix) {
              if (isOver) throw new Error('Access Denied');
              yield* store.observations(runId, prefix);
            },
          };
        },
      },
      isRecordWhole: false,
    });
    expect(errored.journal.verdict).toBe('errored');
    expect(errored.journal.findings).toContainEqual(
      withFields({
        ...notKept,
        message: containing('what its probes saw could not be read (Access Denied)'),
      }),
    );
    expect(errored.told).toHaveLength(1);
  });
});
