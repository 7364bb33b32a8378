import { admit } from './admit.ts';
import { awaitApproval } from './await-approval.ts';
import { baseline } from './baseline.ts';
import { carryOut } from './carry-out.ts';
import { conclude } from './conclude.ts';
import { confirmTargets } from './confirm-targets.ts';
import type { Step } from './context.ts';
import { endFault } from './end-fault.ts';
import { observeStage } from './observe-stage.ts';
import { recover } from './recover.ts';
import { rollBack } from './roll-back.ts';
import type { RunState, StepName } from './run-state.ts';
import { soak } from './soak.ts';
import { startStage } from './start-stage.ts';

/** The use case behind each Task of the runner. */
export const steps: Readonly<Record<StepName, Step>> = {
  admit,
  awaitApproval,
  baseline,
  startStage,
  confirmTargets,
  observeStage,
  endFault,
  soak,
  rollBack,
  recover,
  conclude,
};

/** Carries out any Task of the runner, as a rehearsal does, which has all of them in one process. */
export const runStep = (options: Omit<Parameters<typeof carryOut>[0], 'steps'>): Promise<RunState> =>
  carryOut({ ...options, steps });
