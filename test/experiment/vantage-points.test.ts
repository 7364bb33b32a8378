import { describe, expect, it } from 'vitest';
import { fromSchema } from '../../lib/experiment/vantage-points.ts';
import { changed, told } from '../definitions/told.ts';
import { staging } from '../plan/examples.ts';

const toldOf = (path: readonly (string | number)[], value: unknown) =>
  told('environment', changed(staging, path, value));

describe('the vantage points and the self-check of an environment', () => {
  it.each<[string, readonly (string | number)[], unknown, string]>([
    [
      'a vantage point called like the runner’s own',
      ['vantagePoints'],
      { outside: { vpc: 'vpc-1', subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
      "vantagePoints.outside: 'outside' has a meaning of its own in probes: take another name",
    ],
    [
      'a vantage point whose function would have too long a name',
      ['vantagePoints'],
      {
        availabilityZoneAOfTheSharedServicesNetwork: {
          vpc: 'vpc-1',
          subnets: ['subnet-1'],
          securityGroups: ['sg-1'],
        },
      },
      'vantagePoints.availabilityZoneAOfTheSharedServicesNetwork: is 3 characters too long for the name of its function: shorten it',
    ],
    [
      'a self-check of another protocol',
      ['selfCheck'],
      { url: 'ping:192.0.2.1' },
      'selfCheck.url: write a URL that begins with http:// or https://',
    ],
  ])('are refused with %s', (_what, path, value, message) => {
    expect(toldOf(path, value)).toEqual([message]);
  });

  it.each<unknown>(['inside', ['zoneA', 'outside']])('can be asked from: %j', (from) => {
    expect(fromSchema.safeParse(from).success).toBe(true);
  });

  it('are refused by a probe that names none', () => {
    expect(fromSchema.safeParse([]).success).toBe(false);
    expect(fromSchema.safeParse('insde').success).toBe(false);
  });
});
