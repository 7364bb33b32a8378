import { describe, expect, it } from 'vitest';
import type { CallEffect } from '../../../../lib/lab/calls/call.ts';
import { actionHandlers } from '../../../../lib/lab/fis/action-handlers.ts';
import { actionContext, resource } from '../action-context.ts';
import { FakeCallPoint } from '../fake-call-point.ts';
import { fakeLab } from '../fake-lab.ts';

const duration = { duration: 'PT2M' };
const invoke = { path: '/2015-03-31/functions/checkout/invocations' };

/** Carries an action out on the function `checkout`, and calls it meanwhile. */
async function play(
  id: string,
  parameters: Record<string, string>,
  calls: readonly Parameters<FakeCallPoint['call']>[0][],
  draws: readonly number[] = [0],
) {
  const fake = fakeLab();
  const called = new FakeCallPoint('checkout', 'shop-1');
  const others = new FakeCallPoint('mail', 'shop-1');
  fake.callPoints.push(called, others);
  const effects: (CallEffect | undefined)[] = [];
  const context = actionContext(fake, {
    parameters: { ...duration, ...parameters },
    resources: [resource('checkout', fake)],
    draws,
    meanwhile: () => {
      effects.push(...calls.map((call) => called.call(call)));
      expect(others.call()).toBeUndefined();
    },
  });
  const bite = await actionHandlers.get(id)?.carryOut(context);
  expect(called.faultsInPlace + others.faultsInPlace).toBe(0);
  expect(context.slept).toEqual([120_000]);
  return { effects, bite };
}

describe('aws:lambda:invocation-error', () => {
  it('lets invocations fail as the Invoke API says it, and as a function URL does', async () => {
    const event = { ...invoke, headers: { 'x-amz-invocation-type': 'Event' } };
    const { effects, bite } = await play('aws:lambda:invocation-error', { preventExecution: 'true' }, [
      invoke,
      { path: '/pay' },
      event,
    ]);
    expect(effects).toMatchObject([
      { answer: { status: 200, headers: { 'x-amz-function-error': 'Unhandled' } }, isCarriedOut: false },
      { answer: { status: 502, body: '{"message":"Internal Server Error"}' }, isCarriedOut: false },
      { answer: { status: 202, body: '' } },
    ]);
    expect(bite).toEqual({ bit: true, evidence: 'checkout: 3 of 3 invocations failed' });
  });

  it('has the function do its work all the same where it is not prevented', async () => {
    const { effects } = await play('aws:lambda:invocation-error', { preventExecution: 'false' }, [invoke]);
    expect(effects).toMatchObject([{ isCarriedOut: true }]);
  });

  it('hits the share of invocations that is asked for, drawn for each', async () => {
    const { effects, bite } = await play(
      'aws:lambda:invocation-error',
      { preventExecution: 'true', invocationPercentage: '10' },
      [invoke, invoke, invoke],
      [0.099, 0.1, 0.5],
    );
    expect(effects.map((effect) => effect !== undefined)).toEqual([true, false, false]);
    expect(bite).toMatchObject({ bit: true, evidence: 'checkout: 1 of 3 invocations failed' });
  });

  it('did not bite where nothing was called, or nothing drawn, and says so', async () => {
    const id = 'aws:lambda:invocation-error';
    expect((await play(id, { preventExecution: 'true' }, [])).bite).toEqual({
      bit: false,
      evidence: 'checkout: 0 of 0 invocations failed',
      likely: 'nothing called checkout during the fault',
    });
    const few = { preventExecution: 'true', invocationPercentage: '1' };
    expect((await play(id, few, [invoke], [0.5])).bite).toMatchObject({
      bit: false,
      likely: 'the fault was drawn for none of the calls, or was meant for others',
    });
  });

  it('refuses a share that FIS would refuse', async () => {
    const parameters = { preventExecution: 'true', invocationPercentage: '0' };
    await expect(play('aws:lambda:invocation-error', parameters, [])).rejects.toThrow(
      "'0' is no percentage of invocations from 1 to 100",
    );
  });
});

describe('aws:lambda:invocation-add-delay', () => {
  it.each([
    [{}, 1_000],
    [{ startupDelayMilliseconds: '2500' }, 2_500],
  ])('starts invocations later: %j', async (parameters, delayMs) => {
    const { effects, bite } = await play('aws:lambda:invocation-add-delay', parameters, [invoke]);
    expect(effects).toEqual([{ delayMs }]);
    expect(bite).toMatchObject({ evidence: 'checkout: 1 of 1 invocations delayed' });
  });

  it('refuses a delay that FIS would refuse', async () => {
    const parameters = { startupDelayMilliseconds: '900001' };
    await expect(play('aws:lambda:invocation-add-delay', parameters, [])).rejects.toThrow('from 0 to 900000');
  });
});

describe('aws:lambda:invocation-http-integration-response', () => {
  const id = 'aws:lambda:invocation-http-integration-response';
  const asked = { contentTypeHeader: 'text/plain', preventExecution: 'true' };

  it('answers with the status over HTTP, and with a response for the integration by the Invoke API', async () => {
    const { effects } = await play(id, { ...asked, statusCode: '503' }, [{ path: '/pay' }, invoke]);
    expect(effects).toMatchObject([
      { answer: { status: 503, headers: { 'content-type': 'text/plain' } }, isCarriedOut: false },
      {
        answer: {
          status: 200,
          body: '{"statusCode":503,"headers":{"Content-Type":"text/plain"},"body":""}',
        },
      },
    ]);
  });

  it('answers 502 in place of a status that cannot be sent, as an API in front of the function does', async () => {
    const { effects } = await play(id, { ...asked, statusCode: '0' }, [{ path: '/pay' }]);
    expect(effects).toMatchObject([{ answer: { status: 502 } }]);
  });
});
