import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetAutomationExecutionCommand,
  SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createAwsRollbacks } from '../../lib/aws/aws-rollbacks.ts';
import type { ProbeOutcome, Prober } from '../../lib/run/ports.ts';
import { runnerInput, slowDatabase } from '../fakes/fake-aws-input.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const rollbacks = {
  flush: { lambda: { function: 'flush', payload: { cache: 'all' } }, provenBy: 'products' },
  repair: { ssmAutomation: { document: 'repair', parameters: { Depth: ['full'] } }, provenBy: 'products' },
  reset: {
    http: { service: 'shop', path: '/reset', method: 'POST', headers: { 'x-key': { secret: 'key' } } },
    provenBy: 'products',
  },
};

const textOf = (payload: unknown) => (typeof payload === 'string' ? payload : '');

function setUp(outcome: ProbeOutcome = { status: 204 }) {
  const lambda = new LambdaClient({ region: 'eu-west-1' });
  const ssm = new SSMClient({ region: 'eu-west-1' });
  const clock = createVirtualClock();
  const asked: Parameters<Prober['ask']>[0][] = [];
  const prober: Prober = {
    ask: async (request) => {
      asked.push(request);
      return outcome;
    },
  };
  const input = runnerInput({
    definition: { ...slowDatabase, rollbacks },
    functions: { flush: 'shop-flush' },
    documents: { repair: { document: 'Shop-Repair', role: 'arn:aws:iam::111122223333:role/repair' } },
  });
  return {
    functions: mockClient(lambda),
    automations: mockClient(ssm),
    clock,
    asked,
    rollbacks: createAwsRollbacks({ lambda, ssm, prober, clock, input }),
  };
}

describe('a rollback by a Lambda function', () => {
  it('sends the run with the payload, and waits for the answer', async () => {
    const { rollbacks: by, functions } = setUp();
    functions.on(InvokeCommand).resolves({ StatusCode: 200 });
    await expect(by.perform('flush', 'run-1', 60_000)).resolves.toContain('shop-flush');
    const { input } = functions.commandCalls(InvokeCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({ FunctionName: 'shop-flush', InvocationType: 'RequestResponse' });
    expect(JSON.parse(textOf(input?.Payload))).toEqual({ cache: 'all', runId: 'run-1' });
  });

  it('fails when the function did, although the call went well', async () => {
    const { rollbacks: by, functions } = setUp();
    const Payload = Buffer.from(JSON.stringify({ errorType: 'Error', errorMessage: 'no cache' }));
    functions.on(InvokeCommand).callsFake(() => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload }));
    await expect(by.perform('flush', 'run-1', 60_000)).rejects.toThrow(
      'the function shop-flush failed: Error: no cache',
    );
  });

  it('is given up when its time is over', async () => {
    const { rollbacks: by, functions, clock } = setUp();
    const from = clock.now();
    functions.on(InvokeCommand).callsFake(
      () =>
        new Promise((_, reject) => {
          const { abortSignal } = z
            .object({ abortSignal: z.instanceof(AbortSignal) })
            .parse(functions.send.lastCall.args.at(1));
          abortSignal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    await expect(by.perform('flush', 'run-1', 60_000)).rejects.toThrow(
      'the rollback flush took longer than 60 s',
    );
    expect(clock.now() - from).toBe(60_000);
  });
});

describe('a rollback by an SSM automation', () => {
  it('is started once a run, with the run as a parameter, and followed to its end', async () => {
    const { rollbacks: by, automations } = setUp();
    automations.on(StartAutomationExecutionCommand).resolves({ AutomationExecutionId: 'auto-1' });
    const answer = (status: 'InProgress' | 'Success') => ({
      AutomationExecution: { AutomationExecutionStatus: status },
    });
    automations
      .on(GetAutomationExecutionCommand)
      .resolvesOnce(answer('InProgress'))
      .resolves(answer('Success'));
    await expect(by.perform('repair', 'run-1', 60_000)).resolves.toContain('ended as Success');
    await by.perform('repair', 'run-1', 60_000);
    await by.perform('repair', 'run-2', 60_000);
    const starts = automations.commandCalls(StartAutomationExecutionCommand).map(({ args }) => args[0].input);
    expect(starts[0]).toMatchObject({
      DocumentName: 'Shop-Repair',
      Parameters: {
        Depth: ['full'],
        RunId: ['run-1'],
        AutomationAssumeRole: ['arn:aws:iam::111122223333:role/repair'],
      },
    });
    expect(starts[0]?.ClientToken).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(starts[1]?.ClientToken).toBe(starts[0]?.ClientToken);
    expect(starts[2]?.ClientToken).not.toBe(starts[0]?.ClientToken);
  });

  it('fails when the automation did, and when its time is over', async () => {
    const { rollbacks: by, automations } = setUp();
    automations.on(StartAutomationExecutionCommand).resolves({ AutomationExecutionId: 'auto-1' });
    automations
      .on(GetAutomationExecutionCommand)
      .resolvesOnce({
        AutomationExecution: { AutomationExecutionStatus: 'Failed', FailureMessage: 'step 2' },
      })
      .resolves({ AutomationExecution: { AutomationExecutionStatus: 'InProgress' } });
    await expect(by.perform('repair', 'run-1', 60_000)).rejects.toThrow('ended as Failed (auto-1): step 2');
    await expect(by.perform('repair', 'run-1', 60_000)).rejects.toThrow('took longer than 60 s');
  });
});

describe('a rollback over HTTP', () => {
  it('is a request that names the run, with its secrets left to the prober', async () => {
    const { rollbacks: by, asked } = setUp();
    await expect(by.perform('reset', 'run-1', 60_000)).resolves.toBe('shop answered 204');
    expect(asked[0]).toMatchObject({
      timeoutMs: 60_000,
      definition: {
        http: {
          method: 'POST',
          path: '/reset',
          headers: { 'x-steadfast-run': 'run-1', 'x-key': { secret: 'key' } },
        },
      },
    });
  });

  it('fails when the answer is no good one', async () => {
    const { rollbacks: by } = setUp({ status: 500, error: 'status 500' });
    await expect(by.perform('reset', 'run-1', 60_000)).rejects.toThrow(
      'POST /reset of shop failed: status 500',
    );
  });
});
