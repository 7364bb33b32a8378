import { describe, expect, it } from 'vitest';
import { environmentTarget, labTarget, planOf, problemsIn, slowDatabase, staging } from '../examples.ts';

const point = { vpc: 'vpc-1', subnets: ['subnet-1'], securityGroups: ['sg-1'] };
const zones = environmentTarget({ ...staging, vantagePoints: { zoneA: point, zoneB: point } });

const asking = (from: 'inside' | string[]) => ({
  ...slowDatabase,
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products', from },
      tolerances: { p95: { below: '250ms' as const } },
    },
  },
});

describe('a vantage point', () => {
  it('must be declared by the environment that it is asked from', () => {
    expect(problemsIn(asking(['zoneA', 'outside']), zones)).toEqual([]);
    expect(problemsIn(asking(['zoneA', 'zoneC']), zones)).toEqual([
      'unknown-name steadyState.products.http.from.1',
    ]);
    expect(problemsIn(asking('inside'))).toEqual(['no-vantage-point steadyState.products.http.from']);
    expect(problemsIn(asking('inside'), zones)).toEqual([]);
  });

  it('is this machine in a lab, whatever it is called', () => {
    expect(problemsIn(asking('inside'), labTarget())).toEqual([]);
    expect(problemsIn(asking(['zoneA']), labTarget())).toEqual([]);
  });

  it('is in the runner’s input, with its function, where something is asked from it', () => {
    const pointsOf = (from: 'inside' | string[]) => planOf(asking(from), zones).input.vantagePoints;
    expect(pointsOf('inside')).toEqual({
      zoneA: 'steadfast-staging-probe-zoneA',
      zoneB: 'steadfast-staging-probe-zoneB',
    });
    expect(pointsOf(['zoneB', 'outside'])).toEqual({ zoneB: 'steadfast-staging-probe-zoneB' });
    expect(planOf(slowDatabase, zones).input.vantagePoints).toBeUndefined();
  });

  it('has the self-check of its environment, or DynamoDB’s of the Region', () => {
    expect(planOf(slowDatabase, zones).input.selfCheck).toEqual({
      url: 'https://dynamodb.eu-west-1.amazonaws.com/ping',
    });
    const own = environmentTarget({ ...staging, selfCheck: { url: 'https://status.example.com/' } });
    expect(planOf(slowDatabase, own).input.selfCheck).toEqual({ url: 'https://status.example.com/' });
    expect(planOf(slowDatabase, labTarget()).input.selfCheck).toBeUndefined();
  });
});
