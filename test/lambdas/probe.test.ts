import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createProbeHandler } from '../../lambdas/probe-handler.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { deadUrl, serve } from '../probing/loopback.ts';

const secretsManager = new SecretsManagerClient({ region: 'eu-west-1' });
mockClient(secretsManager).on(GetSecretValueCommand).resolves({ SecretString: 's3cr3t' });
const clients = { secretsManager, ssm: new SSMClient({ region: 'eu-west-1' }) };

const tolerances = { errorRate: { below: { ratio: 0.01, text: '1%' } } };

/** What the runner hands over: requests that are due soon. */
const batchFor = (url: string, more: object = {}) => ({
  services: { shop: url },
  secrets: { token: { secretsManager: 'shop/token' } },
  selfCheckWorks: false,
  looks: false,
  probes: {
    products: {
      http: {
        service: 'shop',
        path: '/products',
        method: 'GET',
        headers: { authorization: { secret: 'token' } },
      },
      tolerances,
    },
  },
  asks: [0, 40].map((inMs) => ({ probe: 'products', dueMs: systemClock.now() + inMs, timeoutMs: 2_000 })),
  ...more,
});

describe('the function of a vantage point', () => {
  it('sends each request when it is due, with its secrets, and answers with all outcomes in their order', async () => {
    const asked: [string | undefined, number][] = [];
    const url = await serve((request, response) => {
      asked.push([request.headers.authorization, systemClock.now()]);
      response.end('{}');
    });
    const batch = batchFor(url);
    const answer = await createProbeHandler({ clients })(batch);
    expect(answer.outcomes).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(asked.map(([authorization]) => authorization)).toEqual(['s3cr3t', 's3cr3t']);
    for (const [index, { dueMs }] of batch.asks.entries())
      expect(asked[index]?.[1]).toBeGreaterThanOrEqual(dueMs - 2);
    expect(answer.endedMs).toBeGreaterThanOrEqual(answer.beganMs);
    expect(JSON.stringify(answer)).not.toContain('s3cr3t');
  });

  it('does not send what came too late', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    const late = { asks: [{ probe: 'products', dueMs: systemClock.now() - 600, timeoutMs: 2_000 }] };
    const { outcomes } = await createProbeHandler({ clients })(batchFor(url, late));
    expect(outcomes[0]?.error).toMatch(/^prober: \d{3,} ms late in asking$/);
    expect(asked).toBe(0);
  });

  it('looks at its own self-check, from where it is', async () => {
    const look = { asks: [], looks: true };
    const dead = await deadUrl();
    const well = await serve((_request, response) => response.end());
    const answers = await Promise.all(
      [well, dead].map((url) =>
        createProbeHandler({ clients })(batchFor(dead, { ...look, selfCheck: { url } })),
      ),
    );
    expect(answers[0]?.selfCheckFailed).toBeUndefined();
    expect(answers[1]?.selfCheckFailed).toMatch(/ECONNREFUSED/);
  });

  it('takes a failure for its own only where its self-check has been seen to work', async () => {
    const dead = await deadUrl();
    const errorOf = async (selfCheckWorks: boolean) => {
      const batch = batchFor(dead, { selfCheckWorks, selfCheck: { url: dead } });
      return (await createProbeHandler({ clients })(batch)).outcomes[0]?.error;
    };
    expect(await errorOf(true)).toMatch(/^prober: .*\(self-check of http:\/\/127\.0\.0\.1:\d+ failed: /);
    expect(await errorOf(false)).toMatch(/^connect ECONNREFUSED/);
  });

  it('refuses what is no batch', async () => {
    const { handler } = await import('../../lambdas/probe.ts');
    await expect(handler({ step: 'baseline' })).rejects.toThrow(/services/);
    const metric = { probes: { it: { metric: 'orders', tolerances: { value: { above: 1 } } } } };
    const asks = [{ probe: 'it', dueMs: systemClock.now(), timeoutMs: 100 }];
    const { outcomes } = await createProbeHandler({ clients })(batchFor('http://x', { ...metric, asks }));
    expect(outcomes).toEqual([{ error: 'prober: the batch has no http probe it' }]);
  });
});
