import { describe, expect, it } from 'vitest';
import { addLatency, definitionIn, experiment, fieldAt, httpProbe, importing, python } from './importing.ts';

const undoing = (provider: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  importing(experiment({ rollbacks: [{ type: 'action', name: 'empty-cache', provider, ...more }] }));

const post = { type: 'http', url: 'https://shop/cache', method: 'DELETE' };

describe('a rollback', () => {
  it('that is a request is carried out against the service, and proven by a probe', () => {
    const result = undoing(
      { ...post, timeout: 5, expected_status: 204 },
      { tolerance: 1, pauses: { before: 2 } },
    );
    expect(definitionIn(result).rollbacks).toEqual({
      'empty-cache': {
        http: { service: 'shop', path: '/cache', method: 'DELETE' },
        timeout: '5s',
        provenBy: 'products-come',
      },
    });
    expect(result.decisions.map(({ path }) => path.join('.'))).toContain('rollbacks.empty-cache.provenBy');
    expect(fieldAt(result, 'rollbacks.0.provider.timeout').outcome).toBe('approximated');
    for (const field of ['provider.expected_status', 'tolerance', 'pauses.before'])
      expect(fieldAt(result, `rollbacks.0.${field}`).outcome).toBe('refused');
  });

  it('with a time-out that is none goes without', () => {
    const result = undoing({ ...post, timeout: 'long' });
    expect(definitionIn(result).rollbacks?.['empty-cache']).not.toHaveProperty('timeout');
    expect(fieldAt(result, 'rollbacks.0.provider.timeout').outcome).toBe('refused');
  });

  it.each([
    [
      'a request of no service',
      { type: 'http', url: 'ftp://x' },
      /what it asks cannot be asked here/,
      'rollbacks.0.name',
    ],
    [
      'a program',
      { type: 'process', path: 'undo' },
      /`lambda`, `ssmAutomation`, `http`, or `command` in a lab/,
      'rollbacks.0.name',
    ],
    ['a fault', addLatency.provider, /it would put a fault in/, 'rollbacks.0.name'],
    [
      'unknown code',
      { type: 'python', module: 'm', func: 'f' },
      /what this module does is not known/,
      'rollbacks.0.name',
    ],
  ])('that is %s is refused', (_what, provider, why, field) => {
    const result = undoing(provider);
    expect(fieldAt(result, field)).toMatchObject({ outcome: 'refused' });
    expect(fieldAt(result, field).why).toMatch(why);
    expect(definitionIn(result)).not.toHaveProperty('rollbacks');
  });

  it('that is a probe needs no place, and one that refers to another is that one', () => {
    const result = importing(experiment({ rollbacks: [httpProbe(), { ref: 'add-latency' }, { ref: 'x' }] }));
    expect(fieldAt(result, 'rollbacks.0.name').why).toMatch(
      /all probes of `steadyState` look until it is back/,
    );
    expect(fieldAt(result, 'rollbacks.1.ref').why).toMatch(/it would put a fault in/);
    expect(fieldAt(result, 'method.0.provider.func').outcome).toBe('mapped');
    const refused = result.fields.filter(
      ({ path, outcome }) => path[0] === 'method' && outcome === 'refused',
    );
    expect(refused).toEqual([]);
    expect(fieldAt(result, 'rollbacks.2.ref').outcome).toBe('refused');
  });

  it('is never left out, as Chaos Toolkit does, which is told', () => {
    const told = (rollbacks: readonly unknown[]) => importing(experiment({ rollbacks })).notes.join('\n');
    expect(told([python('chaosnetwork.actions', 'remove_latency')])).toMatch(/rollbacks run on every path/);
    expect(told([])).not.toMatch(/rollbacks run on every path/);
  });

  it('cannot be proven where there is no probe', () => {
    const nothing = importing(
      experiment({
        'steady-state-hypothesis': null,
        method: [],
        rollbacks: [{ type: 'action', name: 'a', provider: post }],
      }),
    );
    expect(fieldAt(nothing, 'rollbacks.0.name').why).toMatch(/no probe that could show that it worked/);
  });
});
