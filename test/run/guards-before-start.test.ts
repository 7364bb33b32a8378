import { describe, expect, it } from 'vitest';
import type { GuardState } from '../../lib/run/ports.ts';
import { containing, withFields } from '../fakes/matching.ts';
import { changed, expectNothingLeft, run } from './scripted-run.ts';

/** The guard is OK as often as that, and then as it is given. */
function okAtFirst(looks: number, then: Pick<GuardState, 'detail' | 'state'>) {
  let read = 0;
  return () => {
    read += 1;
    const { state, detail } = read <= looks ? { state: 'ok' as const, detail: 'is well' } : then;
    return [{ guard: 'shopErrors', state, detail }];
  };
}

const deleted = { state: 'missing', detail: 'no alarm is called shop-errors' } as const;

describe('a guard that FIS watches', () => {
  it.each([
    ['admission', 1],
    ["the baseline's traffic", 2],
  ])('is missed when it is deleted after %s, before anything is broken', async (_, looks) => {
    const rejected = await run({ world: { guards: okAtFirst(looks, deleted) } });
    expect(rejected.journal.findings).toEqual([
      withFields({
        code: 'guard-not-ok',
        verdict: 'rejected',
        rejection: 'guard',
        message: containing('guard shopErrors is missing (no alarm is called shop-errors)'),
        hint: containing("make it again, or deploy the environment's core"),
      }),
    ]);
    expect(rejected.faults.experiments).toEqual([]);
    expect(rejected.told).toHaveLength(1);
    expectNothingLeft(rejected);
  });

  it.each([
    [{ state: 'alarm', detail: '5 % fail' }, 'start again once the alarm is OK'],
    [{ state: 'no data', detail: 'INSUFFICIENT_DATA' }, 'See why its metric has no data'],
    [{ state: 'unreadable', detail: 'AWS is away' }, 'See why it cannot be read'],
  ] as const)('must be OK with data immediately before the first start: %j', async (then, hint) => {
    const rejected = await run({ world: { guards: okAtFirst(2, then) } });
    expect(rejected.journal.findings).toEqual([
      withFields({
        rejection: 'guard',
        message: `Immediately before stage stage-1, guard shopErrors is ${then.state} (${then.detail}); nothing was started.`,
        hint: containing(hint),
      }),
    ]);
    expect(rejected.faults.experiments).toEqual([]);
  });

  it.each([
    [deleted, 'inconclusive', 'blind'],
    [{ state: 'alarm', detail: '5 % fail' }, 'halted', 'halted-by-guard'],
  ] as const)('keeps the next stage from starting: %j', async (then, verdict, code) => {
    const stages = [
      { share: 'one' as const, duration: '15s' as const },
      { share: '100%' as const, duration: '15s' as const },
    ];
    const ended = await run({ definition: changed({ stages }), world: { guards: okAtFirst(3, then) } });
    expect(ended.journal.verdict).toBe(verdict);
    expect(ended.journal.findings).toContainEqual(
      withFields({ code, message: containing('nothing was started') }),
    );
    expect(ended.faults.experiments).toHaveLength(1);
    expectNothingLeft(ended);
  });
});
