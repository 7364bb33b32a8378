import { createStopHandler } from '../../lambdas/stop-handler.ts';
import { quietLog } from '../../test/end-to-end/aws-run.ts';
import type { VirtualClock } from '../../test/fakes/virtual-clock.ts';
import { type Account, runId, runnerExecutions, variables } from './account.ts';
import { createProcess, made } from './calls.ts';
import type { Waking } from './case.ts';
import type { Execution } from './execution.ts';
import { proberOf } from './invocation.ts';

/** What ends runs from outside, as EventBridge wakes it. */
export interface IndependentStop {
  /** An execution is over: its event comes, or not. */
  onEnd(execution: Execution): Promise<void>;
  /** What is done each minute. */
  sweep(): Promise<void>;
}

const eventMs = { prompt: 1_000, late: 4 * 60_000 } as const;

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

  return {
    onEnd: async ({ name, status }) => {
      if (waking.events === 'lost') return;
      await clock.sleep(waking.events === 'late' ? eventMs.late : eventMs.prompt);
      const event = {
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: { name, executionArn: `${runnerExecutions}:${name}`, status: status() },
      };
      await Promise.all(waking.events === 'twice' ? [wake(event), wake(event)] : [wake(event)]);
    },
    sweep: () => wake({ source: 'aws.scheduler' }),
  };
}
