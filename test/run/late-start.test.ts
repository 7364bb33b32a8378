import { describe, expect, it } from 'vitest';
import type { StepName } from '../../lib/run/run-state.ts';
import { changed, expectNothingLeft, run, type ScriptedRun } from './scripted-run.ts';

const withRollback = changed({
  rollbacks: { reset: { http: { service: 'shop', path: '/reset' }, timeout: '20s', provenBy: 'products' } },
});

/** A start whose function nobody waits for any more: it lands when this step comes, so many times after it was given up. */
function landing(when: StepName, times = 1): Promise<ScriptedRun> {
  let land: (() => Promise<unknown>) | undefined;
  let left = times;
  return run({
    definition: withRollback,
    world: { faults: { durationMs: 600_000 } },
    around: async (step, carryOut) => {
      if (step === 'startStage') {
        land ??= carryOut;
        throw Object.assign(new Error('the connection was cut'), { name: 'Lambda.SdkClientException' });
      }
      if (step === when && land !== undefined) {
        left -= 1;
        if (left === 0) await land();
      }
      return carryOut();
    },
  });
}

describe('a fault that is started after its start was given up', () => {
  it('is waited for as long as its function may run, and then ended and rolled back once', async () => {
    const errored = await landing('endFault', 2);
    expect(errored.journal).toMatchObject({
      verdict: 'errored',
      stages: [{ fisStatus: 'stopped' }],
      rollbacks: [{ name: 'reset', result: 'proven' }],
    });
    expect(errored.performed).toEqual(['reset']);
    expectNothingLeft(errored);
  });

  it('is ended by the step that concludes, and what was rolled back before is rolled back again', async () => {
    const errored = await landing('conclude');
    expect(errored.journal).toMatchObject({ verdict: 'errored', stages: [{ fisStatus: 'stopped' }] });
    expect(errored.codes).toContain('fault-left-active');
    expect(errored.performed).toEqual(['reset', 'reset']);
    expect(errored.told).toHaveLength(1);
    expectNothingLeft(errored);
  });
});
