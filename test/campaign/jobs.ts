import fc from 'fast-check';
import type { CampaignEnvironment, CampaignJob, CampaignRequest } from '../../lib/campaign/campaign.ts';

export const minuteMs = 60_000;

/** A job of ten minutes in staging that touches the shop; each test changes what it is about. */
export const job = (experiment: string, change: Partial<CampaignJob> = {}): CampaignJob => {
  const environment = change.environment ?? 'staging';
  return {
    id: `${environment}/${experiment}`,
    experiment,
    environment,
    owner: 'team-shop',
    durationMs: 10 * minuteMs,
    touches: ['shop'],
    uses: [],
    ...change,
  };
};

export const environment = (
  id = 'staging',
  change: Partial<CampaignEnvironment> = {},
): CampaignEnvironment => ({
  id,
  account: '111111111111',
  region: 'eu-west-1',
  runs: 5,
  blackouts: [],
  ...change,
});

export const request = (
  jobs: readonly CampaignJob[],
  environments: readonly CampaignEnvironment[] = [environment()],
): CampaignRequest => ({ jobs, environments, fromMs: 0, untilMs: 1_000_000 * minuteMs });

const services = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const blackouts = fc
  .array(fc.record({ atMin: fc.nat(2_000), forMin: fc.integer({ min: 1, max: 300 }) }), { maxLength: 6 })
  .map((several) =>
    several.map(({ atMin, forMin }) => ({
      fromMs: atMin * minuteMs,
      toMs: (atMin + forMin) * minuteMs,
    })),
  );

const environments = fc.tuple(
  ...['one', 'two', 'three'].map((id) =>
    fc
      .record({
        runs: fc.integer({ min: 1, max: 5 }),
        blackouts,
        region: fc.constantFrom('eu-west-1', 'us-east-1'),
      })
      .map((change) => environment(id, change)),
  ),
);

/** Campaigns of up to sixty jobs of five owners on eight services of three environments in one or two Regions. */
export const campaigns: fc.Arbitrary<CampaignRequest> = fc
  .record({
    environments,
    drawn: fc.array(
      fc.record({
        environment: fc.constantFrom('one', 'two', 'three'),
        owner: fc.constantFrom('ann', 'bob', 'cem', 'dee', 'eve'),
        durationMs: fc.integer({ min: 1, max: 120 }).map((minutes) => minutes * minuteMs),
        touches: fc.subarray(services, { minLength: 1, maxLength: 2 }),
        uses: fc.subarray(services, { maxLength: 3 }),
      }),
      { maxLength: 60, size: 'max' },
    ),
  })
  .map(({ environments: there, drawn }) =>
    request(
      drawn.map((one, index) =>
        job(`x${index}`, { ...one, uses: one.uses.filter((service) => !one.touches.includes(service)) }),
      ),
      there,
    ),
  );
