import { describe, expect, it } from 'vitest';
import { brokenRules } from '../../bench/campaign/broken-rules.ts';
import { drawFleet } from '../../bench/campaign/draw-fleet.ts';
import { firstCome } from '../../bench/campaign/first-come.ts';
import { planCampaign } from '../../lib/campaign/plan-campaign.ts';
import { environment, job, minuteMs, request } from '../campaign/jobs.ts';

const size = { experiments: 800, services: 80, places: 2, environmentsPerPlace: 2, owners: 8, hot: 2 };
const none = { overlaps: 0, crowdedPlaces: 0, crowdedEnvironments: 0, atWrongTimes: 0, repeated: 0 };

describe('the benchmark of campaigns', () => {
  it('plans a fleet close to the bound, without breaking a rule, and much shorter than a queue', () => {
    const fleet = drawFleet('sample', 1, size);
    const plan = planCampaign(fleet);
    const placed = plan.places.flatMap((place) => place.placed);
    const ratio = (endMs: number) => (endMs - plan.fromMs) / (plan.bound.endMs - plan.fromMs);
    expect(placed).toHaveLength(size.experiments);
    expect(brokenRules(fleet, placed)).toEqual(none);
    expect(ratio(plan.endMs)).toBeLessThanOrEqual(1.2);
    const queued = firstCome(fleet);
    expect(queued).toHaveLength(size.experiments);
    expect(brokenRules(fleet, queued)).toEqual(none);
    expect(Math.max(...queued.map(({ endMs }) => endMs))).toBeGreaterThan(
      1.5 * plan.endMs - 0.5 * plan.fromMs,
    );
    for (const { fairness } of plan.places) expect(fairness.latest.middle).toBeLessThan(0.65);
  });

  it('counts what breaks a rule', () => {
    const at = (name: string, startMin: number, change = {}) => {
      const one = job(name, change);
      return { job: one, startMs: startMin * minuteMs, endMs: startMin * minuteMs + one.durationMs };
    };
    const there = environment('staging', { runs: 2, blackouts: [{ fromMs: 0, toMs: 5 * minuteMs }] });
    const asked = request([], [there]);
    expect(brokenRules(asked, [at('a', 5), at('b', 14), at('b', 30)])).toEqual({
      ...none,
      overlaps: 1,
      repeated: 1,
    });
    expect(brokenRules(asked, [at('a', 5), at('b', 5, { touches: ['cart'], uses: ['shop'] })])).toEqual({
      ...none,
      overlaps: 1,
    });
    const beside = ['p', 'q', 'r', 's', 't', 'u'].map((name) => at(name, 5, { touches: [name] }));
    expect(brokenRules(asked, beside)).toEqual({ ...none, crowdedPlaces: 1, crowdedEnvironments: 4 });
    expect(brokenRules(asked, [at('a', 4)])).toEqual({ ...none, atWrongTimes: 1 });
  });
});
