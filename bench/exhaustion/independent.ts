import { createStopHandler } from '../../lambdas/stop-handler.ts';
import { quietLog } from '../../test/end-to-end/aws-run.ts';
import type { VirtualClock } from '../../test/fakes/virtual-clock.ts';
import { type Account, runId, runnerExecutions, variables } from './account.ts';
import { createProcess, made } from './calls.ts';
import type { EventFate, Waking } from './case.ts';
import type { Execution } from './execution.ts';
import { proberOf } from './invocation.ts';

/** What ends runs from outside, as EventBridge wakes it. */
export interface IndependentStop {
  /** An execution is over: its event comes, or not. */
  onEnd(execution: Execution): Promise<void>;
  /** FIS has started an experiment: its events come, or not. */
  onStart(): Promise<void>;
  /** What is done each minute. */
  sweep(): Promise<void>;
}

const eventMs = { prompt: 1_000, late: 4 * 60_000 } as const;

/** The states that the rule of the independent stop lets through and FIS tells of (lib/cdk/template/state-rule.ts). */
const startStates = ['initiating', 'running'] as const;
/** How long each lasts (fake-fis.ts). */
const stateMs = 1_000;

/** How long the function may run (as deployed). */
const functionMs = 300_000;

/** The real function that ends runs from outside. What it throws is an alarm to people, and nothing that ends it. */
export function createIndependentStop(options: {
  readonly account: Account;
  readonly clock: VirtualClock;
  readonly waking: Waking;
}): IndependentStop {
  const { account, clock, waking } = options;
  const isOver = () => account.executions.get(`${runnerExecutions}:${runId}`)?.status() !== 'RUNNING';
  let calls = 0;
  let mayDie = waking.sweepDiesAfterCalls !== undefined;

  const wake = async (event: unknown): Promise<void> => {
    calls += 1;
    const dies = mayDie && isOver();
    if (dies) mayDie = false;
    const untilMs = clock.now() + functionMs;
    const process = createProcess({
      clock,
      clients: account.clients,
      fortune: ({ index }) =>
        dies && index + 1 === waking.sweepDiesAfterCalls ? { kind: 'dies', moment: 'after' } : made,
    });
    const handler = createStopHandler({
      variables,
      clients: process.clients,
      clock: process.clock,
      prober: proberOf(account, process.clock),
      log: quietLog,
      count: () => undefined,
      countVerdict: () => undefined,
    });
    const call = {
      awsRequestId: `call-${calls}`,
      getRemainingTimeInMillis: () => untilMs - clock.now(),
    };
    await Promise.allSettled([Promise.race([handler(event, call), process.death])]);
  };

  const deliver = async (fate: EventFate, eventOf: () => unknown): Promise<void> => {
    if (fate === 'lost') return;
    await clock.sleep(fate === 'late' ? eventMs.late : eventMs.prompt);
    const event = eventOf();
    await Promise.all(fate === 'twice' ? [wake(event), wake(event)] : [wake(event)]);
  };

  return {
    onEnd: ({ name, status }) =>
      deliver(waking.events, () => ({
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: { name, executionArn: `${runnerExecutions}:${name}`, status: status() },
      })),
    onStart: async () => {
      await Promise.all(
        startStates.map(async (status, index) => {
          await clock.sleep(index * stateMs);
          await deliver(waking.faultEvents ?? 'prompt', () => ({
            source: 'aws.fis',
            'detail-type': 'FIS Experiment State Change',
            detail: { 'new-state': { status } },
          }));
        }),
      );
    },
    sweep: () => wake({ source: 'aws.scheduler' }),
  };
}
