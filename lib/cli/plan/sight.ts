import type { RequestRate } from '../../plan/forecast/exposure.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import type { Target } from '../../run/ports.ts';
import type { PlannedCheck, PlannedPermission } from './run-plan-document.ts';

/** What AWS told of a run that has not started. */
export interface Sight {
  /** What is planned: the project's own, or what is deployed. */
  readonly input: RunnerInput;
  readonly from: 'project' | 'deployed';
  readonly deployed: 'same' | 'other' | 'absent';
  readonly checks: readonly PlannedCheck[];
  /** Everything that the selectors can match now; absent where nobody could look. */
  readonly targets?: readonly Target[];
  /** By service. */
  readonly rates: ReadonlyMap<string, RequestRate>;
  readonly permissions: readonly PlannedPermission[];
  readonly notAsked: readonly string[];
}
