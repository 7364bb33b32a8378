import * as z from 'zod/mini';

import { carryOut } from '../lib/run/carry-out.ts';
import type { Step } from '../lib/run/context.ts';
import { type RunState, type StepName, stepNames } from '../lib/run/run-state.ts';
import { reportedError } from './reported-error.ts';

import type { Wiring } from './wiring.ts';

const runIdSchema = z.object({ runId: z.string() });

/**
 * A Lambda handler that carries out some of the runner's steps: event `{ step, state }` in, the next state out.
 * The log holds the run and the step, never what probes saw nor a secret.
 *
 * @throws an Error whose name is `Steadfast.<code>`, or `Steadfast.retryable` where the same may soon succeed.
 */
export function createHandler(options: {
  readonly steps: Readonly<Partial<Record<StepName, Step>>>;
  readonly build: () => Wiring;
}): (event: unknown) => Promise<RunState> {
  const eventSchema = z.object({
    step: z.enum(stepNames.filter((name) => options.steps[name] !== undefined)),
    state: z.unknown(),
  });
  let wiring: Wiring | undefined;

  return async (event) => {
    try {
      // Built by the first event and kept: what is wrong with it is then an error of the step, which the state machine can catch.
      wiring ??= options.build();
      const built = wiring;
      const { step, state } = eventSchema.parse(event);
      built.log.appendKeys({ step, runId: runIdSchema.safeParse(state).data?.runId });
      const next = await carryOut({
        steps: options.steps,
        step,
        state,
        ports: built.ports,
        loadInput: built.loadInput,
      });
      built.log.info('step done', { next: next.next, verdict: next.verdict });
      return next;
    } catch (thrown) {
      const error = reportedError(thrown);
      wiring?.log.error('step failed', error);
      throw error;
    } finally {
      wiring?.log.resetKeys();
    }
  };
}
