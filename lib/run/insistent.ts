import type { Step } from './context.ts';
import { createLenientStore } from './lenient-store.ts';
import { withStore } from './with-store.ts';

/** What undoes a fault waits no longer than this for a record of it. */
const patienceMs = 20_000;

/**
 * A step that undoes something, which must not wait for the run's record. What could not be written down goes on from state to state as
 * a failure of the step, until it can be; and nothing more is started.
 */
export const insistent =
  (name: string, step: Step): Step =>
  async (context, before) => {
    const { ports } = context;
    const { store, problems } = createLenientStore({ store: ports.store, clock: ports.clock, patienceMs });
    const after = await step(withStore(context, store), before);
    const [problem] = problems();
    if (problem === undefined) return after;
    const failure = { Error: 'Steadfast.record', Cause: problem.message };
    return {
      ...after,
      next: after.next === 'startStage' ? 'rollBack' : after.next,
      // What failed before has been written down no better.
      failures: { ...before.failures, ...after.failures, [`${name} (its record)`]: failure },
    };
  };
