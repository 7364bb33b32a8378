import type { Step } from '../lib/run/context.ts';
import type { StepName } from '../lib/run/run-state.ts';

/** The functions, by the file of each, and the runner's steps that each carries out. */
export const functionSteps = {
  admit: ['admit', 'awaitApproval'],
  observe: ['baseline', 'observeStage', 'soak'],
  recover: ['recover'],
  fault: ['startStage', 'confirmTargets', 'endFault'],
  rollback: ['rollBack'],
  conclude: ['conclude'],
} as const satisfies Readonly<Record<string, readonly StepName[]>>;

/** The use cases of one function's steps. */
export type StepsOf<Name extends keyof typeof functionSteps> = Readonly<
  Record<(typeof functionSteps)[Name][number], Step>
>;
