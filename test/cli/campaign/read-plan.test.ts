import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CampaignPart, PlanDocument } from '../../../lib/campaign/plan-document.ts';
import { partFor, readPlan, refuseOutdated } from '../../../lib/cli/campaign/read-plan.ts';
import { loadProject } from '../../../lib/definitions/project.ts';
import { hashOf } from '../../../lib/plan/hash.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { slowDatabase } from '../../plan/examples.ts';

const at = '2026-05-01T00:00:00.000Z';

const jobOf = (experiment: string, hash: string): CampaignPart['jobs'][number] => ({
  experiment,
  environment: 'twin',
  owner: 'team-shop',
  hash,
  start: at,
  end: at,
  touches: ['shop'],
  uses: [],
});

const part: CampaignPart = {
  schemaVersion: 1,
  campaign: 'c1',
  account: '111111111111',
  region: 'eu-west-1',
  dispatcher: 'staging',
  environments: ['staging', 'twin'].map((id) => ({ id, runs: 1, blackouts: [] })),
  until: at,
  stopAfter: { unrecovered: 1 },
  jobs: [],
};

const plan: PlanDocument = {
  schemaVersion: 1,
  campaign: 'c1',
  from: at,
  end: at,
  bound: { end: at, by: 'nothing' },
  parts: [part],
  unplaced: [],
};

describe('the file of a planned campaign', () => {
  const read = (text: string) => {
    const root = temporaryProject({});
    writeFileSync(join(root, 'plan.json'), text);
    return readPlan('plan.json', root);
  };

  it('is read as it was written', () => {
    expect(read(JSON.stringify(plan))).toEqual(plan);
  });

  it.each([
    ['{', /^plan\.json cannot be read: /],
    [
      JSON.stringify({ ...plan, parts: [{ ...part, region: 5 }] }),
      /is no plan of a campaign: parts\.0\.region /,
    ],
    ['[]', /^plan\.json is no plan of a campaign: /],
  ])('is refused with how to make it anew: %s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('what an environment dispatches of a plan', () => {
  it('is its part', () => {
    expect(partFor(plan, 'staging')).toBe(part);
  });

  it.each([
    [plan, 'twin', 'what the plan has in twin is dispatched by staging', 'it is started with --env staging'],
    [plan, 'other', 'the plan has nothing in other', 'it is started with --env staging'],
    [{ ...plan, parts: [] }, 'staging', 'the plan has nothing in staging', 'the plan is empty'],
  ])('is refused where it has none (%#)', (whole, environment, message, hint) => {
    expect(() => partFor(whole, environment)).toThrow(withFields({ message, hint }));
  });
});

it('a plan is for the definitions that it was made from alone', async () => {
  const project = await loadProject(temporaryProject({ 'experiments/slow.json': slowDatabase }));
  const same = jobOf(slowDatabase.id, hashOf(slowDatabase));
  expect(() => refuseOutdated({ ...part, jobs: [same] }, project)).not.toThrow();
  const jobs = [jobOf(slowDatabase.id, 'another'), jobOf('gone', 'any')];
  expect(() => refuseOutdated({ ...part, jobs }, project)).toThrow(
    withFields({
      code: 'invalid',
      problems: [
        withFields({ message: containing('has been changed since the campaign was planned') }),
        withFields({ message: "the project has no experiment 'gone'" }),
      ],
    }),
  );
});
