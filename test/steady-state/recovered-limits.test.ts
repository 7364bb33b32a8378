import { describe, expect, it } from 'vitest';
import { tolerancesSchema } from '../../lib/experiment/tolerance.ts';
import { BaselineSeries } from '../../lib/steady-state/baseline-series.ts';
import { probeSpecs, type Seen, see } from '../../lib/steady-state/probe-spec.ts';
import { isShownLate, judgeRecovery } from '../../lib/steady-state/recovery/judge-recovery.ts';
import { recoveryRule } from '../../lib/steady-state/recovery/recovery-rule.ts';
import { at, epoch, experiment } from './recorded.ts';

/** A queue whose age is read each second, and a recovery of half a minute. */
function recoveryOf(value: object, ageAt: (second: number) => number, untilS = 40) {
  const one = experiment({
    steadyState: { queue: { metric: 'queueAge', every: '1s', tolerances: { value } } },
  });
  const specs = probeSpecs(one.steadyState);
  const [spec] = specs;
  if (spec === undefined) throw new Error('no probe');
  const reading = (second: number, age: number): Seen =>
    see(spec, { at: at(second), probe: 'queue', value: age });
  const series = new BaselineSeries();
  for (let second = -60; second < 0; second += 1) series.add(reading(second, 1));
  return {
    specs,
    rule: recoveryRule(one.recovery, 1),
    baseline: new Map([['queue', series]]),
    faultEndMs: epoch,
    untilMs: epoch + untilS * 1_000,
    seen: new Map([['queue', Array.from({ length: untilS }, (_, second) => reading(second, ageAt(second)))]]),
  };
}

const mayGrow = { below: 300, recovered: { below: 60 } };
const drainsIn = (seconds: number) => (second: number) => (second < seconds ? 180 : 1);

describe('what counts as back, where it is stricter than what is allowed meanwhile', () => {
  it('is waited for, though what is allowed was never missed', () => {
    const judged = judgeRecovery(recoveryOf(mayGrow, drainsIn(12)));
    expect(judged.state).toBe('back');
    expect(judged.seconds).toBeGreaterThan(11);
    expect(judged.seconds).toBeLessThanOrEqual(12);
    expect(judgeRecovery(recoveryOf({ below: 300 }, drainsIn(12)))).toMatchObject({
      state: 'back',
      seconds: 0,
    });
  });

  it('is not back where it stays what is allowed only during the fault', () => {
    const judged = judgeRecovery(recoveryOf(mayGrow, () => 180));
    expect(judged).toMatchObject({ state: 'outside', met: false });
    expect(judged.reason).toBe('queue: value was not below 60 for longer than it may be');
    expect(judged.tolerances).toMatchObject([{ tolerance: 'value', limit: 'below 60', state: 'missed' }]);
  });

  it('is not back where it comes later than the objective', () => {
    expect(judgeRecovery(recoveryOf(mayGrow, drainsIn(35), 60)).state).toBe('outside');
    expect(isShownLate(recoveryOf(mayGrow, drainsIn(35), 60))).toBe(false);
  });

  it('holds on the other side too, and leaves the limit of the one that it does not name', () => {
    const value = { above: 2, below: 100, recovered: { above: 8 } };
    expect(judgeRecovery(recoveryOf(value, () => 5)).state).toBe('outside');
    expect(judgeRecovery(recoveryOf(value, () => 120)).state).toBe('outside');
    expect(judgeRecovery(recoveryOf(value, () => 9)).state).toBe('back');
  });

  it.each([
    [{ below: 60, recovered: { below: 300 } }, 'is more than is allowed during the fault, 60'],
    [{ above: 60, recovered: { above: 6 } }, 'is less than is allowed during the fault, 60'],
    [{ below: 60, recovered: {} }, "say 'below', 'above' or both"],
    [{ below: 60, recovered: { above: 60 } }, "nothing lies between them: 'above' must be less than 'below'"],
  ])('is refused where it is no stricter, or nothing: %j', (value, message) => {
    const read = tolerancesSchema.safeParse({ value });
    expect(read.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
