import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { runMachine } from '../../lib/rehearsal/run-machine.ts';
import { runStep } from '../../lib/run/run-step.ts';
import { createFakeRun } from '../../test/fakes/fake-run-ports.ts';
import { labInput, labStage } from '../../test/fakes/lab-input.ts';
import { createVirtualClock } from '../../test/fakes/virtual-clock.ts';
import type { Draw } from '../verdicts/draw.ts';
import { healthy, type Outage } from './outages.ts';

/** How long the fault lasts where nothing ends it: long enough for every rule to be found missed, and for every tolerance to be judged. */
export const stageMs = 120_000;

const definitionOf = ({ tolerances, perSecond }: Outage): ExperimentDefinition => ({
  id: 'outage',
  title: 'An outage is ended',
  owner: 'team-bench',
  hypothesis: 'If the service goes down, the fault is ended.',
  baseline: '60s',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: `${perSecond}/s`,
      timeout: '2s',
      tolerances,
    },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms', to: ['database'] },
    },
  },
  stages: [{ share: '100%', duration: `${stageMs / 1_000}s` }],
  recovery: { objective: '10s' },
  lab: 'lab',
});

/**
 * A whole run in virtual time: the deployed state machine with the real steps, in a world where an outage begins some time into the
 * fault. The milliseconds from its onset to the call that stops the fault, less what the rule allows; undefined where none came.
 */
export async function haltTimeMs(outage: Outage, draw: Draw): Promise<number | undefined> {
  const clock = createVirtualClock();
  const document = labInput(definitionOf(outage), [labStage('all', stageMs)]);
  let [index, faultSeenMs]: [number, number | undefined] = [0, undefined];
  const fake = createFakeRun(clock, runnerInputSchema.parse(document), {
    faults: { durationMs: stageMs },
    sees: ({ nowMs, injecting }) => {
      if (!injecting) return healthy(draw);
      faultSeenMs ??= nowMs;
      if (nowMs < faultSeenMs + outage.onsetMs) return healthy(draw);
      index += 1;
      return outage.look(index);
    },
  });
  await runMachine({
    start: { runId: 'run-1', input: document },
    step: (step, state) =>
      runStep({ step, state, ports: () => fake.ports, loadInput: (id) => fake.store.loadInput(id) }),
    sleep: (ms) => clock.sleep(ms),
    onFailure: () => {},
  });
  const stoppedMs = fake.faults.experiments[0]?.stopAskedMs;
  return stoppedMs === undefined || faultSeenMs === undefined
    ? undefined
    : stoppedMs - (faultSeenMs + outage.onsetMs) - outage.missedForMs;
}
