import { messageOf } from '../experiment/steadfast-error.ts';
import { sha256 } from '../plan/hash.ts';
import type { Finding } from '../steady-state/finding.ts';
import type { Observation } from '../steady-state/observation.ts';
import type { RunEntry } from './entries.ts';
import type { Clock, RunStore } from './ports.ts';

/** Between two tries. */
const againMs = 5_000;

/** A store that never fails, and what it could not do. */
export interface LenientStore {
  readonly store: RunStore;
  /** What could not be kept or read, as findings; none where all was. */
  readonly problems: () => readonly Finding[];
}

/**
 * A run store for the steps that must come to their end whatever becomes of its record: a bucket that takes nothing must keep no
 * rollback and no verdict from anybody. It tries again for so long in all; what it could not write down it remembers until the step has
 * ended, and what went wrong makes the run `errored`.
 */
export function createLenientStore(options: {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly patienceMs: number;
}): LenientStore {
  const { store, clock, patienceMs } = options;
  const untilMs = clock.now() + patienceMs;
  const problems = new Map<string, unknown>();
  const remembered = new Map<string, RunEntry>();

  /** Waits for another try; false where there is no time for one, which is then a problem. */
  const mayTryAgain = async (what: string, cause: unknown): Promise<boolean> => {
    if (clock.now() + againMs > untilMs) {
      problems.set(what, cause);
      return false;
    }
    await clock.sleep(againMs);
    return true;
  };
  const insist = async <T>(what: string, work: () => Promise<T>, otherwise: () => T): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (cause) {
        if (!(await mayTryAgain(what, cause))) return otherwise();
      }
    }
  };

  /** After a failure it goes on behind what it has given. */
  async function* observations(runId: string, prefix?: string): AsyncGenerator<Observation> {
    let given = 0;
    for (;;) {
      let index = 0;
      try {
        for await (const observation of store.observations(runId, prefix)) {
          index += 1;
          if (index <= given) continue;
          given = index;
          yield observation;
        }
        return;
      } catch (cause) {
        if (!(await mayTryAgain('what its probes saw could not be read', cause))) return;
      }
    }
  }

  return {
    problems: () =>
      [...problems].map(([what, cause]) => ({
        code: 'record-not-kept',
        verdict: 'errored',
        message: `The run's record is not whole: ${what} (${messageOf(cause)}).`,
        hint: "Look whether Steadfast's functions may use the bucket and its key; what is said of this run here is all that is known.",
      })),
    store: {
      saveInput: (runId, input) => store.saveInput(runId, input),
      loadInput: (runId) => store.loadInput(runId),
      record: (runId, key, entry) =>
        insist(
          'what its steps found could not be written',
          () => store.record(runId, key, entry),
          () => void remembered.set(key, entry),
        ),
      entries: async (runId) => {
        const read = await insist<readonly RunEntry[]>(
          'what its steps found could not be read',
          () => store.entries(runId),
          () => [],
        );
        return [...read, ...remembered.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
      },
      saveObservations: (runId, key, several) =>
        insist(
          'what its probes saw could not be written',
          () => store.saveObservations(runId, key, several),
          () => {},
        ),
      observations,
      saveSamples: (runId) =>
        insist(
          'its samples could not be gathered in one file',
          () => store.saveSamples(runId),
          () => ({ file: 'samples.ndjson', sha256: sha256(''), count: 0 }),
        ),
      saveJournal: (journal) =>
        insist(
          'its journal could not be written',
          () => store.saveJournal(journal),
          () => {},
        ),
    },
  };
}
