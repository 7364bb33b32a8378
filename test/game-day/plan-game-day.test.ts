import { describe, expect, it } from 'vitest';
import { hashOf } from '../../lib/plan/hash.ts';
import { gameDayInput, slowDay } from './examples.ts';

describe('a planned game day', () => {
  it('knows in AWS the launchers, the alarms by name, and who may act', () => {
    const input = gameDayInput('environment');
    expect(input).toMatchObject({
      mode: 'aws',
      definition: slowDay,
      environment: { id: 'staging', account: '111111111111', region: 'eu-west-1', production: false },
      times: {
        preBriefMs: 1_800_000,
        experimentMs: 3_600_000,
        retrospectiveMs: 3_600_000,
        approvalMs: 600_000,
      },
      approvers: { go: ['observer', 'onCall'], stages: ['onCall'], extend: ['observer', 'onCall'] },
      principals: { operator: slowDay.environments.staging.roles.operator, scribe: [] },
      cadence: 'quarterly',
    });
    const launcher = 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-database';
    expect(input.stages).toMatchObject([
      {
        number: 1,
        title: 'A slow database does not slow the shop: one',
        experiment: 'slow-database',
        only: 1,
        launcher,
        predictions: {
          fast: { shownBy: 'products.p95', is: 'met' },
          calm: { says: 'Nobody outside notices.' },
        },
        alerts: {},
      },
      {
        number: 2,
        title: 'All of it',
        only: 3,
        launcher,
        alerts: {
          errors: { alarm: 'steadfast-staging-shopErrors', withinMs: 120_000, clearsWithinMs: 180_000 },
        },
      },
    ]);
  });

  it('plans a stage for as long as its own part of the experiment can take', () => {
    const longest = gameDayInput('environment').stages.map(({ longestMs }) => longestMs);
    // Baseline 1, the stage 2 or 5 with a minute around it, recovery 1 and half a minute of proof, conclusion 1.
    expect(longest).toEqual([6.5 * 60_000, 9.5 * 60_000]);
  });

  it('is paced in a lab but for the times of people, and waits there for all of its stages', () => {
    const input = gameDayInput('lab');
    expect(input).toMatchObject({
      mode: 'rehearsal',
      environment: { id: 'shop', production: false },
      principals: { operator: [], observer: [], onCall: [], scribe: [] },
      times: { preBriefMs: 1_800_000, retrospectiveMs: 3_600_000, approvalMs: 600_000 },
      stages: [
        { launcher: 'slow-database' },
        { alerts: { errors: { alarm: 'shopErrors', withinMs: 3_600 } } },
      ],
    });
    expect(input.times.experimentMs).toBe(3_600_000);
    // An hour and a half is longer than what was written.
    const patient = gameDayInput('lab', {
      ...slowDay,
      approvals: { ...slowDay.approvals, within: '45m' },
    });
    const stagesMs = patient.stages.reduce((sum, { longestMs }) => sum + longestMs + 45 * 60_000, 0);
    expect(patient.times.experimentMs).toBe(stagesMs);
  });

  it('sees to what every game day needs, and to what this one adds or says otherwise', () => {
    expect(Object.keys(gameDayInput('lab').preBrief)).toEqual([
      'hypothesis',
      'roles',
      'blastRadius',
      'killSwitch',
      'dashboards',
      'bridge',
    ]);
    const own = { ...slowDay, preBrief: { roles: 'There are four of us.' } };
    expect(gameDayInput('lab', own).preBrief['roles']).toBe('There are four of us.');
  });

  it('has the hash of all of it, which anything that is changed changes', () => {
    const { hash, ...rest } = gameDayInput('environment');
    expect(hash).toBe(hashOf(rest));
    expect(gameDayInput('environment', { ...slowDay, title: 'Another' }).hash).not.toBe(hash);
  });

  it('leaves out in a lab what only AWS could tell', () => {
    const alerts = { paged: { alarm: 'shop-is-down', within: '2m' } } as const;
    const stages = [{ experiment: 'slow-database', alerts }];
    expect(gameDayInput('lab', { ...slowDay, stages }).stages[0]?.alerts).toEqual({});
    expect(gameDayInput('environment', { ...slowDay, stages }).stages[0]?.alerts).toMatchObject({
      paged: { alarm: 'shop-is-down' },
    });
  });

  it('is refused with everything that is wrong with it', () => {
    const stages = [{ experiment: 'slow-database', stage: 9 }, { experiment: 'gone' }];
    expect(() => gameDayInput('lab', { ...slowDay, stages })).toThrow(/cannot take place in lab 'shop'/);
  });
});
