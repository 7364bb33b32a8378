import { type Baseline, effectIn } from '../baseline-series.ts';
import { createToleranceJudge, isSpoilt, shareState } from '../judge-tolerance.ts';
import type { Comparison, Recovery, ToleranceJudgement } from '../judgement.ts';
import { isShareLimit, limitsOf } from '../limit.ts';
import type { ProbeSpec, Seen } from '../probe-spec.ts';
import { amount, seconds } from '../words.ts';
import { compareWithBaseline } from './compare.ts';
import { afterFault } from './recovered-limits.ts';
import { neededMs, type RecoveryRule, stayMs } from './recovery-rule.ts';
import { AfterFault, type Stretch } from './stretch.ts';
import { type Trouble, troublesOf } from './trouble.ts';

export interface RecoveryJudgement extends Recovery {
  /**
   * `back`: shown to be back in time. `outside`: not back. `blind`: nobody can see whether. `open`: it looks back, and there are too few
   * samples to prove it.
   */
  readonly state: 'back' | 'outside' | 'blind' | 'open';
  /** The tolerances over the stretch that showed the recovery, or else over the last one. */
  readonly tolerances: ToleranceJudgement[];
}

export interface RecoveryQuestion {
  readonly specs: readonly ProbeSpec[];
  readonly rule: RecoveryRule;
  readonly baseline: Baseline;
  /** The control of each probe that has one. */
  readonly controls?: Readonly<Record<string, string>>;
  readonly faultEndMs: number;
  readonly untilMs: number;
  /** In the order of time; of the controls too. */
  readonly seen: ReadonlyMap<string, readonly Seen[]>;
}

/** At so many times the recovery may be found to have begun, between the fault's end and the deadline. */
const beginnings = 40;

/** How long after a stretch's beginning a probe's first sample may come: later, nobody saw that it was back then. */
const unseenMs = (spec: ProbeSpec): number => Math.max(1_000, 1.5 * spec.intervalMs);

/**
 * Judges the recovery from what was seen between the end of the fault and `untilMs`. Recovered means: from some time on, no later than
 * the objective, and to the end of what was seen, every tolerance is met, and the median latency and the error rate of each
 * probe are shown to be no worse than the baseline's by more than the rule allows.
 */
export function judgeRecovery(asked: RecoveryQuestion): RecoveryJudgement {
  const question = { ...asked, specs: asked.specs.map(afterFault) };
  const { specs, rule, faultEndMs, untilMs, seen } = question;
  const objective = rule.objectiveMs / 1_000;
  const after = new Map([...seen].map(([name, all]) => [name, new AfterFault(all, untilMs)]));
  if (!specs.some((spec) => (after.get(spec.name)?.usable.length ?? 0) > 0)) {
    const reason = 'nobody could see: no usable sample came after the fault';
    return { state: 'blind', objective, reason, tolerances: [] };
  }
  const stepMs = Math.max(100, rule.objectiveMs / beginnings);
  const troubles = specs.map((spec) => troublesOf(spec, question, after.get(spec.name)));
  const needMs = Math.max(...specs.map((spec) => neededMs(spec, rule, question.baseline.get(spec.name))));
  let best: Stand | undefined;
  for (let afterMs = 0; afterMs <= rule.objectiveMs + 1e-6; afterMs += stepMs) {
    const startMs = faultEndMs + afterMs;
    if (startMs >= untilMs) break;
    const stand = standAt(question, after, troubles, startMs);
    if (stand.state === 'back' && untilMs - startMs >= stayMs(rule, afterMs)) {
      const isBack = (ms: number) => standAt(question, after, troubles, faultEndMs + ms).state === 'back';
      const tookMs = firstOf(afterMs - stepMs, afterMs, isBack);
      return {
        state: 'back',
        seconds: tookMs / 1_000,
        objective,
        met: true,
        reason: `back ${tookMs === 0 ? 'at once' : `within ${seconds(tookMs)} of the fault's end`}, ${seconds(rule.objectiveMs)} allowed`,
        ...shown(question, after, faultEndMs + tookMs),
      };
    }
    // Of a beginning so late that too little was seen of it, chance would say that it looks back.
    const isLongEnough = untilMs - startMs >= Math.max(needMs, stayMs(rule, afterMs));
    if (best === undefined || (isLongEnough && ranks[stand.state] <= ranks[best.state])) best = stand;
  }
  return notBack(question, after, best, objective);
}

/**
 * Whether what was seen since the deadline shows that steady state was not back by then: whatever comes later, the objective is missed, and
 * nothing is gained by looking on.
 */
export function isShownLate(question: RecoveryQuestion): boolean {
  const { rule, baseline, faultEndMs, untilMs, seen } = question;
  const specs = question.specs.map(afterFault);
  const deadlineMs = faultEndMs + rule.objectiveMs;
  if (untilMs - deadlineMs < rule.windowMs) return false;
  const after = new Map([...seen].map(([name, all]) => [name, new AfterFault(all, untilMs)]));
  return specs.some((spec) => {
    const stretch = after.get(spec.name)?.from(deadlineMs);
    if (stretch === undefined) return false;
    const compared = comparisonsOf(spec, stretch, question, after, deadlineMs);
    return (
      compared.some(({ state }) => state === 'outside') ||
      limitsOf(spec.tolerances).some(
        (limit) =>
          isShareLimit(limit) &&
          shareState(limit.rule, {
            ...stretch.beyond(limit),
            designEffect: effectIn(baseline, spec.name, limit),
          }) === 'missed',
      )
    );
  });
}

/** The time to be back is told to a tenth of the steps in which it is looked for. */
const finer = 10;

/** The first time after `fromMs`, up to `untilMs`, at which it was back. */
function firstOf(fromMs: number, untilMs: number, isBack: (ms: number) => boolean): number {
  if (fromMs < 0) return untilMs;
  for (let part = 1; part < finer; part += 1) {
    const ms = fromMs + (part / finer) * (untilMs - fromMs);
    if (isBack(ms)) return ms;
  }
  return untilMs;
}

/** The figures of the stretch that decided. */
const shown = (question: RecoveryQuestion, after: ReadonlyMap<string, AfterFault>, startMs: number) => ({
  comparisons: question.specs.flatMap((spec) =>
    comparisonsOf(spec, after.get(spec.name)?.from(startMs), question, after, startMs),
  ),
  tolerances: tolerancesFrom(question, startMs),
});

function notBack(
  question: RecoveryQuestion,
  after: ReadonlyMap<string, AfterFault>,
  best: Stand | undefined,
  objective: number,
): RecoveryJudgement {
  const { rule, faultEndMs, untilMs } = question;
  const stand = best ?? { state: 'blind', startMs: faultEndMs, reason: 'nothing was seen' };
  const tooSoon = untilMs < faultEndMs + rule.objectiveMs;
  const early = `observing ended ${seconds(untilMs - faultEndMs)} after the fault, too soon to tell`;
  const state = stand.state === 'back' ? 'open' : stand.state;
  return {
    state,
    objective,
    // Where observing ended before the deadline, what was not back yet may have come back.
    ...(state === 'outside' && !tooSoon ? { met: false } : {}),
    reason: stand.reason === '' ? early : tooSoon ? `${stand.reason}; ${early}` : stand.reason,
    ...shown(question, after, stand.startMs),
  };
}

/** How steady state stands, if it is taken to be back from some time on. */
interface Stand {
  readonly startMs: number;
  readonly state: RecoveryJudgement['state'];
  readonly reason: string;
}

/** From best to worst, for the stretch that says most for a recovery. */
const ranks = { back: 0, open: 1, blind: 2, outside: 3 } as const;

/** How steady state stands from `startMs` on. Nothing is worse than being outside: there it stops looking. */
function standAt(
  question: RecoveryQuestion,
  after: ReadonlyMap<string, AfterFault>,
  troubles: readonly (readonly Trouble[])[],
  startMs: number,
): Stand {
  let worst: Stand | undefined;
  for (const [index, spec] of question.specs.entries()) {
    for (const { state, reason } of problemsOf(spec, question, after, troubles[index] ?? [], startMs)) {
      if (worst === undefined || ranks[state] > ranks[worst.state])
        worst = { startMs, state, reason: `${spec.name}: ${reason}` };
      if (state === 'outside') return worst;
    }
  }
  return worst ?? { startMs, state: 'back', reason: '' };
}

interface Problem {
  readonly state: 'open' | 'blind' | 'outside';
  readonly reason: string;
}

/** Why steady state is not shown to be back from `startMs` on, as one probe saw it; what is cheap to know comes first. */
function* problemsOf(
  spec: ProbeSpec,
  question: RecoveryQuestion,
  after: ReadonlyMap<string, AfterFault>,
  troubles: readonly Trouble[],
  startMs: number,
): Generator<Problem> {
  for (const trouble of troubles) if (startMs > trouble.fromMs && startMs < trouble.untilMs) yield trouble;
  const stretch = after.get(spec.name)?.from(startMs);
  const blindMs = (stretch?.firstMs ?? question.untilMs) - startMs;
  if (blindMs > unseenMs(spec) || stretch?.firstMs === undefined)
    yield { state: 'blind', reason: `nothing was seen for ${seconds(blindMs)}` };
  // What was seen later may show all the same that it was not back.
  if (stretch?.firstMs === undefined) return;
  if (isSpoilt(spec, stretch.unusable, question.untilMs - startMs))
    yield { state: 'blind', reason: `the prober itself spoilt ${stretch.unusable} samples` };
  yield* tolerancesOver(spec, stretch, question.baseline);
  for (const one of comparisonsOf(spec, stretch, question, after, startMs)) {
    const state = stateOf(one);
    if (state !== 'back') yield { state, reason: inWords(one) };
  }
}

function comparisonsOf(
  spec: ProbeSpec,
  stretch: Stretch | undefined,
  { rule, baseline, controls = {} }: RecoveryQuestion,
  after: ReadonlyMap<string, AfterFault>,
  startMs: number,
): Comparison[] {
  const before = baseline.get(spec.name);
  if (before === undefined || stretch === undefined) return [];
  const control = controlOf(controls[spec.name], baseline, after, startMs);
  return compareWithBaseline(spec, before, stretch, rule, control);
}

function controlOf(
  name: string | undefined,
  baseline: Baseline,
  after: ReadonlyMap<string, AfterFault>,
  startMs: number,
) {
  const [before, stretch] = name === undefined ? [] : [baseline.get(name), after.get(name)?.from(startMs)];
  return before === undefined || stretch === undefined ? undefined : { before, after: stretch };
}

/** The shares that tolerances limit, pooled over the stretch. */
function* tolerancesOver(
  spec: ProbeSpec,
  stretch: Stretch,
  baseline: Baseline,
): Generator<{ readonly state: 'open' | 'outside'; readonly reason: string }> {
  for (const limit of limitsOf(spec.tolerances)) {
    const { rule, tolerance } = limit;
    const counted = stretch.beyond(limit);
    if (rule.kind === 'each') {
      if (counted.count === 0)
        yield { state: 'open', reason: `${tolerance} is unknown: nothing says anything of it` };
      continue;
    }
    const state = shareState(rule, { ...counted, designEffect: effectIn(baseline, spec.name, limit) });
    if (state === 'met') continue;
    const words = `${counted.beyond} of ${counted.count} samples were not ${limit.text}`;
    yield state === 'missed'
      ? { state: 'outside', reason: `${tolerance} is missed: ${words}` }
      : counted.beyond > rule.allowed * counted.count
        ? { state: 'outside', reason: `${tolerance} is not met: ${words}` }
        : { state: 'open', reason: `${tolerance} is likely met, but not proven: ${words}` };
  }
}

/**
 * A figure that is likely back is open; one that is likely not, though nobody could prove that either, is not back. The percentiles of
 * tolerances count only where they are shown to be beyond: their tolerances judge them too.
 */
function stateOf({ state, figure, before, after, allowed }: Comparison): 'back' | 'open' | 'outside' {
  if (state === 'outside') return 'outside';
  if (state === 'back' || (figure !== 'p50' && figure !== 'errorRate')) return 'back';
  // A median after the fault among requests without an answer is no median.
  if (after === undefined) return 'outside';
  return before === undefined || after - before <= allowed ? 'open' : 'outside';
}

function inWords({ figure, unit, before, after, difference, allowed, drift, state }: Comparison): string {
  const name = figure === 'errorRate' ? 'the error rate' : figure === 'p50' ? 'median latency' : figure;
  const most = (before ?? 0) + allowed;
  const bound = state === 'outside' ? difference.low : difference.high;
  const surely =
    bound === undefined
      ? ', from too few independent samples to be sure'
      : `, surely ${state === 'outside' ? 'more than' : 'at most'} ${amount(Math.max(0, (before ?? 0) + bound), unit)}`;
  const moved = drift === undefined ? '' : `, ${amount(drift, unit)} of it because the control moved as well`;
  return `${name} is ${amount(after, unit)}${surely}; before the fault it was ${amount(before, unit)}, and at most ${amount(most, unit)} counts as back${moved}`;
}

/** Every tolerance over the whole stretch, for the record. */
function tolerancesFrom(
  { specs, baseline, seen, untilMs }: RecoveryQuestion,
  startMs: number,
): ToleranceJudgement[] {
  return specs.flatMap((spec) => {
    const judge = createToleranceJudge(spec, startMs, (limit) => effectIn(baseline, spec.name, limit));
    for (const one of seen.get(spec.name) ?? [])
      if (one.atMs >= startMs && one.atMs < untilMs) judge.add(one);
    return judge.judge(untilMs);
  });
}
