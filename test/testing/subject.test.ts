import 'steadfast-chaos/testing/vitest';
import { assertHolds, assertRecoversWithin, matchers, type TestProbe } from 'steadfast-chaos/testing';
import { describe, expect, it } from 'vitest';
import { serve } from '../probing/loopback.ts';

expect.extend(matchers);

/** A lab with one service: its price is 3, and everything else is broken. */
async function priceLab() {
  const asked: string[] = [];
  const base = await serve(({ url = '' }, response) => {
    asked.push(url);
    response.statusCode = url === '/price' ? 200 : 500;
    response.end('{"price": 3}');
  });
  const url = (service: string): string => {
    if (service === 'prices') return base;
    throw new Error(`there is no service '${service}'`);
  };
  return { asked, lab: { url } };
}

const price = { service: 'prices', path: '/price' } as const;
const rate = '100/s' as const;
const median = { p50: { below: '1s' } } as const;
const brief = { for: '400ms' } as const;

describe('a probe of a lab', () => {
  it('asks its service at its rate, and is judged by its tolerances', async () => {
    const { asked, lab } = await priceLab();
    await assertHolds(lab, { http: price, rate: '50/s', tolerances: median }, { rate, ...brief });
    expect(asked.length).toBeGreaterThan(20);
    await expect(lab).toHold({ http: price, rate, tolerances: median }, brief);
    await expect(lab).not.toHold({ http: { ...price, path: '/no' }, rate, tolerances: median }, brief);
    await expect(lab).toRecoverWithin('300ms', { http: price, rate: '100/s', tolerances: median });
    await assertRecoversWithin(lab, '300ms', { http: price, rate: '100/s', tolerances: median });
  });

  it('takes its value from the answer', async () => {
    const { lab } = await priceLab();
    const below = (limit: number): TestProbe => ({
      http: { ...price, numberOf: '$.price' },
      rate,
      tolerances: { value: { below: limit, missedFor: '100ms' } },
    });
    // Long enough that a worker that stands still for a quarter of a second has seen most of it.
    const long = { for: '1s' } as const;
    await expect(lab).toHold(below(4), long);
    await expect(lab).not.toHold(below(2), long);
  });

  it('takes an answer for good that is as it expects', async () => {
    const { lab } = await priceLab();
    const http = { service: 'prices', path: '/no' };
    await expect(lab).toHold({ http: { ...http, expect: { status: 500 } }, rate, tolerances: median }, brief);
  });

  it.each<[string, TestProbe & { readonly control?: string }, string]>([
    [
      'an unknown service',
      { http: { ...price, service: 'rates' }, tolerances: median },
      "no service 'rates'",
    ],
    ['nothing to compare with', { http: price, tolerances: { value: { below: 4 } } }, 'tolerances.value: '],
    ['a control', { http: price, control: 'other', tolerances: median }, 'control: a test compares with no'],
    [
      'a metric as its source',
      {
        http: { ...price, behind: { at: '$.price', source: { metric: 'newest' } } },
        tolerances: { value: { below: 4 } },
      },
      'http.behind.source: a test reads no metrics',
    ],
  ])('is refused with %s, and nothing is asked', async (_what, probe, message) => {
    const { asked, lab } = await priceLab();
    await expect(assertHolds(lab, probe, brief)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });

  it('needs a lab, and tolerances alone need a function', async () => {
    const { lab } = await priceLab();
    const probe = { http: price, tolerances: median };
    await expect(expect(() => 1).toHold(probe)).rejects.toThrow('toHold takes a lab');
    await expect(expect(lab).toRecoverWithin('1s', median)).rejects.toThrow('takes a function');
  });
});
