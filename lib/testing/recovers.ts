import { AssertionError } from 'node:assert';
import { systemClock } from '../probing/system-clock.ts';
import type { Clock } from '../run/ports.ts';
import {
  isShownLate,
  judgeRecovery,
  type RecoveryQuestion,
} from '../steady-state/recovery/judge-recovery.ts';
import { proofMs, type RecoveryRule } from '../steady-state/recovery/recovery-rule.ts';
import { type Held, millisecondsOf } from './holds.ts';
import { type Look, type SamplingOptions, specOf, startSampling, type TestTolerances } from './sampling.ts';
import { lookingAt, type Subject, type TestProbe } from './subject.ts';

/** The shortest stretch on which a recovery may be shown, as in a run. */
const windowMs = 1_000;

/** Between two judgements of what has been seen. */
const judgeEveryMs = 100;

/** What is compared with a baseline is never asked for: a test has none, so that only the tolerances count. */
const ruleOf = (objectiveMs: number): RecoveryRule => ({
  objectiveMs,
  windowMs,
  within: 0,
  latencyFloorMs: 0,
  rateFloor: 0,
});

/**
 * Looks at something from now on, and judges whether it came back within tolerances in time, and stayed, as the recovery of a run is
 * judged: by the objective at the latest, and shown over the stretch that follows.
 */
export async function judgeRecoveryWithin(
  look: Look,
  within: string,
  tolerances: TestTolerances,
  options: SamplingOptions = {},
  clock: Clock = systemClock,
): Promise<Held> {
  const objectiveMs = millisecondsOf('within', within);
  const spec = specOf(tolerances, options);
  const rule = ruleOf(objectiveMs);
  const specs = [spec];
  const baseline = new Map();
  const sampling = startSampling(look, spec, clock);
  const faultEndMs = sampling.startMs;
  const lastMs = faultEndMs + objectiveMs + proofMs(specs, rule, baseline) + spec.timeoutMs;
  const asked = (untilMs: number): RecoveryQuestion => ({
    specs,
    rule,
    baseline,
    faultEndMs,
    untilMs,
    seen: new Map([[spec.name, sampling.seen()]]),
  });
  // What is under way may still fail: what was due since the oldest of them is not judged yet.
  let judged = judgeRecovery(asked(faultEndMs));
  try {
    while (judged.state !== 'back' && clock.now() < lastMs && !isShownLate(asked(sampling.settledMs()))) {
      await clock.sleep(judgeEveryMs);
      judged = judgeRecovery(asked(sampling.settledMs()));
    }
  } finally {
    await sampling.stop();
  }
  const state = judged.state === 'back' ? 'met' : judged.state === 'outside' ? 'missed' : 'unknown';
  return { state, text: ` ${judged.reason}` };
}

/**
 * Fails unless something comes back within tolerances in time, counted from the call, and stays there. Too little seen to tell fails too.
 *
 * @example
 * await assertRecoversWithin(() => shop.fetch('shop', '/products'), '5s', { errorRate: { below: '5%' } });
 */
export async function assertRecoversWithin(
  subject: Subject,
  within: string,
  asked: TestTolerances | TestProbe,
  options: SamplingOptions = {},
): Promise<void> {
  const looking = lookingAt(subject, asked, options, 'assertRecoversWithin');
  const { state, text } = await judgeRecoveryWithin(
    looking.look,
    within,
    looking.tolerances,
    looking.options,
  );
  if (state !== 'met') throw new AssertionError({ message: `it did not recover within ${within}:${text}` });
}
