import type { Experiment } from '../experiment/experiment.ts';
import type { JudgeOptions, ReadObservations } from './gather-phases.ts';
import { type Judgement, judgePhases, type RecoveryOf } from './judge-phases.ts';
import { controlsOf } from './probe-spec.ts';
import { judgeRecovery } from './recovery/judge-recovery.ts';
import { recoveryRule } from './recovery/recovery-rule.ts';

/**
 * Judges what was observed, with no knowledge but the experiment and the marks: the same maths for a run as it concludes, and for a
 * file afterwards. `read` is called twice; the observations may be more than fit in memory, as long as each probe's come in the
 * order of time.
 */
export const judge = (
  read: ReadObservations,
  experiment: Experiment,
  options: JudgeOptions = {},
): Promise<Judgement> => judgePhases(read, experiment, options, recoveryOf);

const recoveryOf: RecoveryOf = ({ after, experiment, specs, series, pace }) => ({
  ...judgeRecovery({
    specs,
    rule: recoveryRule(experiment.recovery, pace),
    baseline: series,
    controls: controlsOf(experiment),
    faultEndMs: after.phase.startMs,
    untilMs: after.endMs(),
    seen: after.seen,
  }),
  windows: after.windows(),
});
