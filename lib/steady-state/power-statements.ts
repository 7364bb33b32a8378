import type { Experiment } from '../experiment/experiment.ts';
import { type Baseline, effectIn } from './baseline-series.ts';
import type { PowerStatement } from './judgement.ts';
import { isShareLimit, type Limit, limitsOf, type ShareLimit } from './limit.ts';
import { powerOf, samplesNeeded } from './power.ts';
import type { ProbeSpec } from './probe-spec.ts';
import { longestProofMs, type RecoveryRule, recoveryRule, samplesToProve } from './recovery/recovery-rule.ts';
import { duration, percent, shownRate } from './words.ts';

/**
 * What each stage can tell of each tolerance, from the baseline's own variation: asked before anything is injected. Without a baseline
 * nothing can be said.
 */
export function powerStatements(
  experiment: Pick<Experiment, 'stages' | 'recovery'>,
  specs: readonly ProbeSpec[],
  baseline: Baseline,
  pace: number,
): PowerStatement[] {
  const rule = recoveryRule(experiment.recovery, pace);
  const stages = experiment.stages.flatMap((stage, index) =>
    specs.flatMap((spec) =>
      limitsOf(spec.tolerances).map((limit) => {
        const stageMs = stage.duration.ms * pace;
        const about = { probe: spec.name, tolerance: limit.tolerance, stage: index };
        const over = (ms: number) =>
          isShareLimit(limit)
            ? ofShare(about, spec, limit, baseline, ms)
            : ofEach(about, spec, limit, baseline, ms);
        const inStage = over(stageMs);
        const inSoak = stage.soak === undefined ? undefined : over(stage.soak.ms * pace);
        // A soak that could not tell would end every run there.
        return inStage.enough && inSoak?.enough === false
          ? { ...inSoak, text: `in the soak after it, ${inSoak.text}` }
          : inStage;
      }),
    ),
  );
  return [...stages, ...specs.flatMap((spec) => ofRecovery(spec, rule, baseline))];
}

/** What proving the recovery takes; nothing where a probe saw nothing to compare with. */
function ofRecovery(spec: ProbeSpec, rule: RecoveryRule, baseline: Baseline): PowerStatement[] {
  const before = baseline.get(spec.name);
  if (before === undefined || before.answered === 0) return [];
  const needed = samplesToProve(spec, rule, before);
  const neededMs = needed * spec.intervalMs;
  const enough = neededMs <= longestProofMs;
  const proof = `to prove that steady state is back takes ${duration(neededMs)} at ${shownRate(spec.intervalMs)} (${needed} samples)`;
  return [
    {
      probe: spec.name,
      tolerance: 'recovery',
      samples: Math.floor(Math.min(neededMs, longestProofMs) / spec.intervalMs),
      enough,
      neededSeconds: neededMs / 1_000,
      text: enough ? proof : `${proof}; nobody waits longer than ${duration(longestProofMs)} for it`,
    },
  ];
}

type About = Pick<PowerStatement, 'probe' | 'tolerance' | 'stage'>;

function ofShare(
  about: About,
  spec: ProbeSpec,
  limit: ShareLimit,
  baseline: Baseline,
  stageMs: number,
): PowerStatement {
  const { allowed } = limit.rule;
  const samples = Math.floor(stageMs / spec.intervalMs + 1e-9);
  const effect = effectIn(baseline, spec.name, limit);
  const share = baseline.get(spec.name)?.beyond(limit) ?? 0;
  const asked = { allowed, designEffect: effect };
  const power = powerOf({ ...asked, samples });
  const needed = samplesNeeded({ ...asked, share });
  const enough = needed !== undefined && samples >= needed;
  const what = limit.rule.q === undefined ? 'errors' : `of the requests not ${limit.text}`;
  const sees = power.missedFrom > 1 ? '' : `, and sees it missed from ${percent(power.missedFrom)} on`;
  return {
    ...about,
    samples,
    baseline: share,
    allowed,
    ...(power.metUpTo < 0 ? {} : { metUpTo: power.metUpTo }),
    ...(power.missedFrom > 1 ? {} : { missedFrom: power.missedFrom }),
    enough,
    ...(needed === undefined ? {} : { neededSeconds: (needed * spec.intervalMs) / 1_000 }),
    text: enough
      ? `with ${samples} samples it shows the tolerance to be met up to ${percent(Math.max(0, power.metUpTo))} ${what}${sees} (${percent(allowed)} are allowed)`
      : shortage({ samples, needed, share, allowed, what, spec, stageMs }),
  };
}

function shortage(given: {
  readonly samples: number;
  readonly needed: number | undefined;
  readonly share: number;
  readonly allowed: number;
  readonly what: string;
  readonly spec: ProbeSpec;
  readonly stageMs: number;
}): string {
  const { samples, needed, share, allowed, what, spec, stageMs } = given;
  if (needed === undefined)
    return `no length would be enough: ${percent(share)} ${what} before any fault is hardly less than the ${percent(allowed)} that are allowed`;
  return `to tell ${percent(allowed)} ${what} from the ${percent(share)} before any fault needs ${duration(needed * spec.intervalMs)} at ${shownRate(spec.intervalMs)} (${needed} samples); it has ${duration(stageMs)} (${samples} samples)`;
}

/** Samples that are compared one by one: being beyond for longer than allowed must fit into the stage. */
function ofEach(
  about: About,
  spec: ProbeSpec,
  limit: Limit,
  baseline: Baseline,
  stageMs: number,
): PowerStatement {
  const samples = Math.floor(stageMs / spec.intervalMs + 1e-9);
  // What is served grows older by a second a second: it reaches its limit only then.
  const oldMs = 1_000 * (baseline.get(spec.name)?.tally.highestValue ?? 0);
  const growsMs = limit.tolerance === 'age' ? Math.max(0, limit.value * 1_000 - oldMs) : 0;
  const neededMs = growsMs + limit.missedForMs + spec.intervalMs;
  const enough = stageMs >= neededMs;
  const allowed = `it may be missed for ${duration(limit.missedForMs)}`;
  return {
    ...about,
    samples,
    enough,
    neededSeconds: neededMs / 1_000,
    text: enough
      ? `the stage lasts ${duration(stageMs)}, and ${allowed}`
      : `${allowed}${growsMs > 0 ? `, and an answer is not so old before ${duration(growsMs)}` : ''}: a stage of ${duration(stageMs)} cannot miss it; it needs ${duration(neededMs)}`,
  };
}
