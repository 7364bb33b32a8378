import type { Experiment } from '../experiment/experiment.ts';
import { isHttpProbe } from '../experiment/probe-kind.ts';
import type { Finding } from '../steady-state/finding.ts';
import type { Judgement } from '../steady-state/judge-phases.ts';

const hint =
  'Many metrics have data only while somebody uses the system: where nobody does, name what makes load, traffic: { lambda: { function: ... } } or traffic: { stateMachine: { name: ... } }.';

/** A metric of which nothing was seen may be well and its system idle: the finding says what would make it tell. */
export function withTrafficHint<F extends Finding>(
  finding: F,
  { baseline, stages }: Pick<Judgement, 'baseline' | 'stages'>,
  { steadyState, traffic }: Experiment,
): F {
  const probe = finding.probe === undefined ? undefined : steadyState[finding.probe];
  const isUnknown = finding.code === 'baseline-unknown' || finding.code === 'tolerance-unknown';
  if (!isUnknown || probe === undefined || isHttpProbe(probe) || traffic !== undefined) return finding;
  const judged = finding.stage === undefined ? baseline?.tolerances : stages[finding.stage]?.tolerances;
  const nothing = judged?.some(
    ({ probe: of, state, samples }) => of === finding.probe && state === 'unknown' && samples === 0,
  );
  return nothing === true ? { ...finding, hint } : finding;
}
