import type { Experiment } from '../experiment/experiment.ts';
import type { PlanTarget } from './plan-target.ts';

/** When an experiment starts by itself, in EventBridge Scheduler's words. */
export interface SchedulePlan {
  /** `cron(...)`, `rate(...)` or `at(...)`. */
  readonly expression: string;
  /** An IANA time zone; UTC where absent. */
  readonly timeZone?: string;
  /** How much later than scheduled it may start. */
  readonly flexibleWindowMinutes?: number;
}

/** The schedule of an experiment in an environment; undefined where it has none. */
export function scheduleOf(experiment: Experiment, target: PlanTarget): SchedulePlan | undefined {
  const deployment = target.kind === 'environment' ? experiment.environments?.[target.id] : undefined;
  if (deployment?.schedule === undefined) return undefined;
  return {
    expression: deployment.schedule,
    ...(deployment.timeZone === undefined ? {} : { timeZone: deployment.timeZone }),
    ...(deployment.flexibleWindow === undefined
      ? {}
      : { flexibleWindowMinutes: Math.round(deployment.flexibleWindow.ms / 60_000) }),
  };
}
