import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenRules } from '../../bench/campaign/broken-rules.ts';
import type { CampaignRequest } from '../../lib/campaign/campaign.ts';
import { type CampaignPlan, planCampaign } from '../../lib/campaign/plan-campaign.ts';
import { campaigns, environment, job, minuteMs, request } from './jobs.ts';

const seeded = { seed: 20_260_105, numRuns: 150 };

const placedIn = ({ places }: CampaignPlan) => places.flatMap(({ placed }) => placed);
const startsOf = (plan: CampaignPlan) =>
  Object.fromEntries(placedIn(plan).map(({ job: { id }, startMs }) => [id, startMs / minuteMs]));

describe('the plan of any campaign', () => {
  it('breaks no rule: conflicts, places, runs at once, blackouts', () => {
    fc.assert(
      fc.property(campaigns, (asked) => {
        expect(brokenRules(asked, placedIn(planCampaign(asked)))).toEqual({
          overlaps: 0,
          crowdedPlaces: 0,
          crowdedEnvironments: 0,
          atWrongTimes: 0,
          repeated: 0,
        });
      }),
      seeded,
    );
  });

  it('gives every job its time, or the reason why it has none, where time is short too', () => {
    fc.assert(
      fc.property(campaigns, fc.integer({ min: 0, max: 3_000 }), (asked, untilMin) => {
        const short = { ...asked, untilMs: untilMin * minuteMs };
        const plan = planCampaign(short);
        const told = [...placedIn(plan), ...plan.unplaced].map(({ job: { id } }) => id);
        expect(told.toSorted()).toEqual(asked.jobs.map(({ id }) => id).toSorted());
        for (const { endMs } of placedIn(plan)) expect(endMs).toBeLessThanOrEqual(short.untilMs);
        // With time enough nobody waits for ever.
        expect(planCampaign(asked).unplaced).toEqual([]);
      }),
      seeded,
    );
  });

  it('is the same in whatever order jobs and environments come', () => {
    const shuffled = campaigns.chain((asked) =>
      fc.record({
        asked: fc.constant(asked),
        jobs: fc.shuffledSubarray([...asked.jobs], { minLength: asked.jobs.length }),
        environments: fc.shuffledSubarray([...asked.environments], { minLength: asked.environments.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ asked, jobs, environments }) => {
        expect(planCampaign({ ...asked, jobs, environments })).toEqual(planCampaign(asked));
      }),
      seeded,
    );
  });

  it('ends no sooner than the bound, and where there is much to do not much later', () => {
    let [plans, ratios] = [0, 0];
    fc.assert(
      fc.property(campaigns, (asked) => {
        const { fromMs, endMs, bound } = planCampaign(asked);
        expect(endMs).toBeGreaterThanOrEqual(bound.endMs);
        if (asked.jobs.length < 30) return;
        plans += 1;
        ratios += (endMs - fromMs) / (bound.endMs - fromMs);
        expect((endMs - fromMs) / (bound.endMs - fromMs)).toBeLessThan(2.5);
      }),
      seeded,
    );
    expect(plans).toBeGreaterThan(20);
    // On eight services nearly everything conflicts with everything, which no single clique tells.
    expect(ratios / plans).toBeLessThan(1.35);
  });

  it('lets nobody wait for ever: each starts before all would be over if they ran one after another', () => {
    fc.assert(
      fc.property(campaigns, (asked) => {
        const plan = planCampaign(asked);
        for (const { startMs } of placedIn(plan)) expect(startMs).toBeLessThan(serialEndMs(asked));
      }),
      seeded,
    );
  });

  it('gives each owner its turn where nothing conflicts: the first of each at once, and no owner only at the end', () => {
    fc.assert(
      fc.property(campaigns, (asked) => {
        if (asked.jobs.length < 40) return;
        const free = request(
          asked.jobs.map((one) => ({ ...one, environment: 'staging', touches: [one.id], uses: [] })),
        );
        const { places } = planCampaign(free);
        for (const { placed, fairness } of places) {
          expect(fairness.latest.middle).toBeLessThan(0.75);
          const firsts = new Map<string, number>();
          for (const {
            job: { owner },
            startMs,
          } of placed)
            firsts.set(owner, Math.min(startMs, firsts.get(owner) ?? startMs));
          // Five owners, five places: the first of each starts at once.
          expect([...firsts.values()]).toEqual([...firsts.values()].map(() => 0));
        }
      }),
      seeded,
    );
  });
});

/** When all of it would be over, one after another, with every blackout waited for before each. */
function serialEndMs({ jobs, environments }: CampaignRequest): number {
  const lastBlackoutMs = Math.max(
    0,
    ...environments.flatMap(({ blackouts }) => blackouts.map(({ toMs }) => toMs)),
  );
  return lastBlackoutMs + jobs.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

describe('a campaign', () => {
  it('runs what touches different services beside each other, and what touches the same one by one', () => {
    const plan = planCampaign(
      request([
        job('first'),
        job('second'),
        job('elsewhere', { touches: ['mail'] }),
        job('on-database', { touches: ['database'] }),
        job('uses-database', { touches: ['cart'], uses: ['database'] }),
        job('uses-it-too', { touches: ['stock'], uses: ['database'] }),
      ]),
    );
    const starts = startsOf(plan);
    expect(starts['staging/elsewhere']).toBe(0);
    expect([0, 10]).toContain(starts['staging/first']);
    expect(starts['staging/second']).toBe(10 - (starts['staging/first'] ?? 0));
    expect(starts['staging/uses-database']).not.toBe(starts['staging/on-database']);
    expect(plan.endMs).toBe(20 * minuteMs);
    expect(plan.bound).toEqual({ endMs: 20 * minuteMs, by: 'staging/shop' });
  });

  it('tells a service of one environment from that of the same name in another', () => {
    const environments = [environment('staging'), environment('sandbox')];
    const plan = planCampaign(request([job('one'), job('one', { environment: 'sandbox' })], environments));
    expect(startsOf(plan)).toEqual({ 'staging/one': 0, 'sandbox/one': 0 });
  });

  it('shares the five places of an account and Region among its environments', () => {
    const environments = [environment('staging'), environment('sandbox', { runs: 2 })];
    const jobs = Array.from({ length: 8 }, (_, index) =>
      job(`x${index}`, { touches: [`s${index}`], environment: index % 2 === 0 ? 'staging' : 'sandbox' }),
    );
    const plan = planCampaign(request(jobs, environments));
    expect(Object.values(startsOf(plan)).filter((start) => start === 0)).toHaveLength(5);
    expect(plan.endMs).toBe(20 * minuteMs);
    const apart = [environments[0], environment('sandbox', { region: 'us-east-1', runs: 5 })];
    const plans = planCampaign(
      request(
        jobs,
        apart.filter((one) => one !== undefined),
      ),
    );
    expect(plans.places.map(({ place }) => place)).toEqual([
      '111111111111/eu-west-1',
      '111111111111/us-east-1',
    ]);
    expect(plans.endMs).toBe(10 * minuteMs);
  });

  it('names what is longer than any gap between blackouts, and goes on with the rest', () => {
    const blackouts = Array.from({ length: 40 }, (_, index) => ({
      fromMs: (30 + index * 60) * minuteMs,
      toMs: (60 + index * 60) * minuteMs,
    }));
    const asked = {
      ...request(
        [job('short'), job('long', { durationMs: 31 * minuteMs })],
        [environment('staging', { blackouts })],
      ),
      untilMs: 2_400 * minuteMs,
    };
    const plan = planCampaign(asked);
    expect(startsOf(plan)).toEqual({ 'staging/short': 0 });
    expect(plan.unplaced).toEqual([
      expect.objectContaining({
        code: 'longer-than-any-gap',
        reason: expect.stringMatching(
          /31 min.*longest time without a blackout in staging.* is 30 min/,
        ) as string,
      }),
    ]);
  });

  it('names what finds no room before the end, and what is in an environment that nobody knows', () => {
    const asked = {
      ...request([job('one'), job('two'), job('three', { environment: 'moon' })]),
      untilMs: 15 * minuteMs,
    };
    const { unplaced } = planCampaign(asked);
    expect(unplaced.map(({ job: { id }, code }) => `${id} ${code}`)).toEqual([
      'moon/three unknown-environment',
      'staging/two no-room-before-the-end',
    ]);
  });

  it('of nothing is over at once', () => {
    expect(planCampaign(request([]))).toMatchObject({ fromMs: 0, endMs: 0, places: [], unplaced: [] });
  });
});
