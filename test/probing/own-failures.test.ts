import { describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { createFakeSelfCheck } from '../fakes/fake-self-check.ts';
import { containing } from '../fakes/matching.ts';
import { ask, probeOf, proberFor } from './asking.ts';
import { deadUrl, serve, serveTcp } from './loopback.ts';

const aNumber: unknown = expect.any(Number);

describe('a failure without an answer', () => {
  const broken = () => createFakeSelfCheck(() => 'getaddrinfo EAI_AGAIN');
  const askTrusting = (url: string, selfCheck: ReturnType<typeof createFakeSelfCheck>, timeoutMs = 5_000) =>
    proberFor(url, { selfCheck }).ask({
      probe: 'products',
      definition: probeOf({}),
      dueMs: systemClock.now(),
      timeoutMs,
      selfChecks: ['outside'],
    });

  it('is the prober’s own when its self-check fails, too', async () => {
    const hangs = await serve(() => undefined);
    const resets = await serveTcp((socket) => socket.resetAndDestroy());
    for (const url of [await deadUrl(), hangs, resets, 'http://no-such-host.invalid']) {
      const { error, latencyMs } = await askTrusting(url, broken(), 100);
      expect(error, url).toMatch(
        /^prober: .+ \(self-check of http:\/\/127\.0\.0\.1:9\/ failed: getaddrinfo EAI_AGAIN\)$/,
      );
      expect(latencyMs).toBeUndefined();
    }
  });

  it('is the system’s when the self-check is well', async () => {
    const outcome = await askTrusting(await deadUrl(), createFakeSelfCheck());
    expect(outcome).toEqual({ latencyMs: aNumber, error: containing('ECONNREFUSED') });
  });

  it('is the system’s when the self-check was never seen to work, and nobody asks it', async () => {
    const selfCheck = broken();
    const outcome = await ask(await deadUrl(), {}, { selfCheck });
    expect(outcome).toEqual({ latencyMs: aNumber, error: containing('ECONNREFUSED') });
    expect(selfCheck.looks).toBe(0);
  });

  it('is no question when there was an answer, however bad', async () => {
    const selfCheck = broken();
    const url = await serve((_request, response) => response.writeHead(503).end());
    expect(await askTrusting(url, selfCheck)).toEqual({
      latencyMs: aNumber,
      status: 503,
      error: 'status 503',
    });
    const breaks = await serveTcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'));
    expect((await askTrusting(breaks, selfCheck)).error).toMatch(/^the answer broke off/);
    expect(selfCheck.looks).toBe(0);
  });

  it('can be tried beforehand', async () => {
    const url = 'http://127.0.0.1:9/';
    expect(await proberFor('http://x', { selfCheck: createFakeSelfCheck() }).selfChecks?.()).toEqual([
      { from: 'outside', url },
    ]);
    expect(await proberFor('http://x', { selfCheck: broken() }).selfChecks?.()).toEqual([
      { from: 'outside', url, failed: 'getaddrinfo EAI_AGAIN' },
    ]);
    expect(await proberFor('http://x').selfChecks?.()).toEqual([]);
  });
});

describe('the time of day', () => {
  /** A clock whose time of day a test can move. */
  const movable = () => {
    const moved = { byMs: 0 };
    const clock = { ...systemClock, timeOfDay: () => Date.now() + moved.byMs };
    return { moved, clock };
  };

  it('that is moved while a request is under way makes no latency', async () => {
    const { moved, clock } = movable();
    const url = await serve((_request, response) => {
      moved.byMs -= 30_000;
      response.end('{}');
    });
    expect(await ask(url, {}, { clock })).toEqual({
      error: 'prober: the time of day was moved by -30.0 s, or the machine slept, while it was under way',
    });
  });

  it('tells ages, and an age from before it was moved says nothing', async () => {
    const { moved, clock } = movable();
    let writtenAt = 0;
    const url = await serve((_request, response) =>
      response.end(JSON.stringify({ readAt: new Date(writtenAt).toISOString() })),
    );
    const prober = proberFor(url, { clock });
    const look = () =>
      prober.ask({
        probe: 'products',
        definition: probeOf({ ageOf: '$.readAt' }),
        dueMs: clock.now(),
        timeoutMs: 5_000,
      });
    writtenAt = Date.now() - 2_000;
    expect((await look()).value).toBeCloseTo(2, 0);
    moved.byMs = -1_500;
    // What is two seconds old looks fresh now; nobody may take it for that, nor a fresh one for old.
    expect((await look()).error).toMatch(/^prober: the time of day was moved by -1\.5 s since, so an age of/);
    writtenAt = Date.now() + moved.byMs;
    expect((await look()).value).toBeLessThan(0.5);
  });
});
