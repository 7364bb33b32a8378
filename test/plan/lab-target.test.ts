import { describe, expect, it } from 'vitest';
import { labTarget, planOf, shopLab, slowDatabase } from './examples.ts';

describe('a lab as a plan sees it', () => {
  it('has its id as the environment tag, and is never production', () => {
    expect(labTarget()).toMatchObject({
      kind: 'lab',
      tag: { key: 'Env', value: 'shop' },
      production: false,
      pace: 0.03,
    });
  });

  it('owns what it says, and everything where it says nothing', () => {
    expect(labTarget()).toMatchObject({ owns: {}, untouchable: [] });
    const shared = labTarget({ ...shopLab, owns: { names: ['shop-*'] }, untouchable: ['shop-9'] });
    expect(planOf(slowDatabase, shared).input).toMatchObject({
      owns: { names: ['shop-*'] },
      untouchable: ['shop-9'],
    });
  });

  it('asks a service that runs already where it is', () => {
    const lab = labTarget({
      ...shopLab,
      services: { ...shopLab.services, mail: { url: 'http://127.0.0.1:8025' } },
    });
    const steadyState = {
      mail: { http: { service: 'mail', path: '/' }, tolerances: { errorRate: { below: '1%' as const } } },
    };
    expect(planOf({ ...slowDatabase, steadyState }, lab).input.services).toEqual({
      mail: { url: 'http://127.0.0.1:8025' },
    });
  });

  it('resolves only what it plays, and remembers why it does not play the rest', () => {
    const lab = labTarget({
      ...shopLab,
      metrics: { ...shopLab.metrics, depth: { notRehearsable: 'there is no queue' } },
      functions: { flush: { command: ['node', 'flush.ts'] }, mail: { notRehearsable: 'it would send mail' } },
      documents: { restart: { command: ['node', 'restart.ts'] } },
    });
    expect(lab.names).toMatchObject({ metric: ['errorRate'], function: ['flush'], document: ['restart'] });
    expect(lab.notRehearsable).toMatchObject({
      metric: { depth: 'there is no queue' },
      function: { mail: 'it would send mail' },
    });
  });
});
