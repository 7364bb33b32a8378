import { expect } from 'vitest';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import {
  type RunnerInput,
  type RunnerInputDocument,
  runnerInputSchema,
} from '../../lib/plan/runner-input.ts';
import { runMachine } from '../../lib/rehearsal/run-machine.ts';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import { judgeRecord } from '../../lib/run/judge-record.ts';
import type { Clock } from '../../lib/run/ports.ts';
import type { RunState, StepName } from '../../lib/run/run-state.ts';
import { runStep } from '../../lib/run/run-step.ts';
import { createFakeRun, type FakeRun, type World } from '../fakes/fake-run-ports.ts';
import { labInput, labStage } from '../fakes/lab-input.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

/** A short experiment of one stage in a lab without pace; tests change what they are about. */
export const slowDatabase = {
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis: 'If the database answers late, products still come at once.',
  baseline: '10s',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: '20/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '5%' } },
    },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '500ms', to: ['database'] },
    },
  },
  stages: [{ share: '100%', duration: '15s' }],
  recovery: { objective: '20s' },
  lab: 'lab',
} satisfies ExperimentDefinition;

/** The same, changed. */
export const changed = (changes: Partial<ExperimentDefinition>): ExperimentDefinition => ({
  ...slowDatabase,
  ...changes,
});

const stageMs = 15_000;

const runId = 'run-1';

/** The runner's input for a definition, in a lab. */
const inputOf = (
  definition: ExperimentDefinition = slowDatabase,
  changes: Partial<RunnerInputDocument> = {},
): RunnerInputDocument => ({
  ...labInput(
    definition,
    definition.stages.map((_, index) => labStage(`stage-${index + 1}`, stageMs)),
  ),
  ...changes,
});

export interface ScriptedRun extends FakeRun {
  readonly journal: Journal;
  readonly last: RunState;
  /** The steps in the order in which they were carried out, each with the state it handed on. */
  readonly steps: readonly { readonly step: StepName; readonly bytes: number }[];
  /** The codes of the findings, the worst first. */
  readonly codes: readonly string[];
}

export interface Script {
  readonly world?: Partial<Omit<World, 'faults'>> & { readonly faults?: Partial<World['faults']> };
  readonly definition?: ExperimentDefinition;
  readonly input?: Partial<RunnerInputDocument>;
  /** By how much the time of day, which each step reads anew, has been set back by now. */
  readonly setBackMs?: () => number;
  /** False where what is kept of the run is not what the run saw of it. */
  readonly isRecordWhole?: boolean;
  /** Comes between the machine and a step. */
  readonly around?: (step: StepName, carryOut: () => Promise<RunState>) => Promise<RunState>;
}

/** Carries out a whole run: the deployed state machine with the real steps, in a scripted world and no time. */
export async function run({
  world = {},
  definition,
  input: changes,
  around,
  setBackMs = () => 0,
  isRecordWhole = true,
}: Script = {}): Promise<ScriptedRun> {
  const even = createVirtualClock();
  const clock: Clock = { ...even, now: () => even.now() - setBackMs() };
  const document = inputOf(definition, changes);
  const input: RunnerInput = runnerInputSchema.parse(document);
  const fake = createFakeRun(clock, input, { ...world, faults: { durationMs: stageMs, ...world.faults } });
  const steps: { step: StepName; bytes: number }[] = [];
  const last = await runMachine({
    start: { runId, input: document },
    step: async (step, state) => {
      const carryOut = () =>
        runStep({ step, state, ports: () => fake.ports, loadInput: (id) => fake.store.loadInput(id) });
      const next = await (around?.(step, carryOut) ?? carryOut());
      steps.push({ step, bytes: JSON.stringify(next).length });
      return next;
    },
    sleep: (ms) => clock.sleep(ms),
    onFailure: () => {},
  });
  const journal = fake.store.journals.at(-1);
  if (journal === undefined) throw new Error('the run left no journal');
  if (isRecordWhole) await expectJudgedAlike(fake, journal);
  return { ...fake, journal, last, steps, codes: journal.findings.map((finding) => finding.code) };
}

/** Whoever judges the record of a run again finds what the run found. */
async function expectJudgedAlike({ store }: FakeRun, journal: Journal): Promise<void> {
  const again = await judgeRecord({
    read: () => store.observations(runId),
    experiment: experimentSchema.parse(journal.experiment.definition),
    journal,
  });
  expect(again).toMatchObject({
    verdict: journal.verdict,
    findings: journal.findings,
    summary: journal.summary,
  });
}

/** What must be true of every run, however it went. */
export function expectNothingLeft({ journal, faults, held, store, last }: ScriptedRun): void {
  expect(journalSchema.safeParse(journal).error).toBeUndefined();
  const open = faults.experiments.filter(({ id }) => faults.endMs(id) === undefined);
  expect(open.map(({ stopAskedMs }) => stopAskedMs)).not.toContain(undefined);
  const tokens = faults.experiments.map(({ token }) => token);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect([...held.values()]).not.toContain(runId);
  expect(store.journals.length).toBeGreaterThan(0);
  expect(last).toMatchObject({ next: 'done', verdict: journal.verdict });
}
