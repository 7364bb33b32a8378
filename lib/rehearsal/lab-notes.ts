import { iso } from '../run/iso.ts';
import type { Clock, RunStore } from '../run/ports.ts';

/** What a lab tells of itself: connections past its links, a service that died. */
export interface LabNotes {
  readonly tell: (text: string) => void;
  /** Writes down what was told so far, and from now on what is told, in a run's timeline; gives what ends that. */
  keepIn(store: Pick<RunStore, 'record'>, runId: string): Promise<() => void>;
}

/** Notes that go to whoever follows the run, and into its record as soon as there is one. */
export function createLabNotes(clock: Clock, tell: (text: string) => void): LabNotes {
  const early: { readonly at: string; readonly text: string }[] = [];
  let keep: ((note: { readonly at: string; readonly text: string }) => Promise<void>) | undefined;
  return {
    tell: (text) => {
      tell(text);
      const note = { at: iso(clock.now()), text };
      if (keep === undefined) early.push(note);
      // A note that cannot be kept has been told all the same.
      else void keep(note).catch(() => undefined);
    },
    keepIn: async (store, runId) => {
      let count = 0;
      const keepHere: typeof keep = ({ at, text }) => {
        count += 1;
        return store.record(runId, `timeline-lab-${count}`, {
          kind: 'timeline',
          at,
          entry: { at, kind: 'note', text: text.endsWith('.') ? text : `${text}.` },
        });
      };
      keep = keepHere;
      for (const note of early.splice(0)) await keepHere(note);
      // What is told later belongs to the next run of the lab, where there is one.
      return () => {
        keep = undefined;
      };
    },
  };
}
