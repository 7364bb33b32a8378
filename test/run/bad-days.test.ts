import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../lib/experiment/verdict.ts';
import { matching, withFields } from '../fakes/matching.ts';
import { expectNothingLeft, run, type Script } from './scripted-run.ts';

const dying = (name: string): NonNullable<Script['around']> => {
  return async (step, carryOut) => {
    if (step === 'observeStage') throw Object.assign(new Error('it was refused'), { name });
    return carryOut();
  };
};

/** What a person on call reads of each bad day: what it was, and what to do about it. */
const days: readonly (readonly [string, Script, Verdict, string, RegExp])[] = [
  [
    'FIS fails the experiment',
    { world: { faults: { ends: { afterMs: 8_000, status: 'failed' } } } },
    'inconclusive',
    'fis-failed',
    /permission of its role, or a target that has gone/,
  ],
  [
    'FIS cancels the experiment',
    { world: { faults: { ends: { afterMs: 200, status: 'cancelled' } } } },
    'inconclusive',
    'fis-cancelled',
    /the safety lever is engaged/,
  ],
  [
    'somebody stops the experiment in the FIS console',
    { world: { faults: { ends: { afterMs: 8_000, status: 'stopped', stoppedBy: 'caller' } } } },
    'halted',
    'halted-from-outside',
    /CloudTrail tells who/,
  ],
  [
    'another run takes the lease during the fault',
    { world: { takesLease: (_, faults) => faults.injecting() } },
    'errored',
    'lease-lost',
    /See which run holds it now/,
  ],
  [
    'an alarm is deleted between admission and the first start',
    {
      input: { guards: { shopErrors: { alarm: 'shop-errors' } } },
      world: {
        guards: (nowMs) => [
          {
            guard: 'shopErrors',
            state: nowMs < Date.parse('2026-01-01T00:00:05.000Z') ? 'ok' : 'missing',
            detail: 'the alarm',
          },
        ],
      },
    },
    'rejected',
    'guard-not-ok',
    /must have data and be OK/,
  ],
  [
    'the account has no concurrent executions left',
    { around: dying('Lambda.TooManyRequestsException') },
    'errored',
    'steadfast-failed',
    /reserve some for Steadfast's functions/,
  ],
  [
    'a function may no longer be called',
    { around: dying('Lambda.AccessDeniedException') },
    'errored',
    'steadfast-failed',
    /a policy or a control of the organization/,
  ],
  [
    'a function does not answer',
    { around: dying('States.Timeout') },
    'errored',
    'steadfast-failed',
    /whether a service of AWS has trouble/,
  ],
];

describe('a bad day', () => {
  it.each(days)('is told with what to do about it: %s', async (_, script, verdict, code, hint) => {
    const day = await run(script);
    expect(day.journal.verdict).toBe(verdict);
    expect(day.journal.findings).toContainEqual(
      withFields({ code, message: matching(/\.$/), hint: matching(hint) }),
    );
    expect(day.told[0]?.body).toMatch(hint);
    if (code !== 'lease-lost') expectNothingLeft(day);
  });
});
