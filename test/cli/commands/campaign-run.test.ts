import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { campaignPlanKey } from '../../../lib/aws/campaign/campaign-plans.ts';
import { createCampaignProgress } from '../../../lib/aws/campaign/campaign-progress.ts';
import { createPartWords } from '../../../lib/aws/campaign/part-words.ts';
import { planDocumentSchema } from '../../../lib/campaign/plan-document.ts';
import { campaignPlanCommand } from '../../../lib/cli/commands/campaign-plan.ts';
import { campaignRunCommand } from '../../../lib/cli/commands/campaign-run.ts';
import { campaignStatusCommand } from '../../../lib/cli/commands/campaign-status.ts';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { createFakeLaunchers } from '../../fakes/fake-launchers.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { slowDatabase, staging, stopTasks } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

const { lab: _lab, ...slow } = { ...slowDatabase, environments: { staging: {} } };
const { lab: _, ...stop } = { ...stopTasks, environments: { staging: {} } };
const ohio = {
  ...staging,
  id: 'ohio',
  account: '222222222222',
  region: 'us-east-2',
  campaignPartners: ['staging'],
} satisfies EnvironmentDefinition;

const hourMs = 3_600_000;
const at = '2026-12-01T18:00:00.000Z';

/** A project with a plan, and an account with a dispatcher, unless it is not deployed. */
async function world(
  options: {
    readonly isDeployed?: boolean;
    readonly account?: string;
    readonly environment?: EnvironmentDefinition;
    readonly others?: readonly EnvironmentDefinition[];
  } = {},
) {
  const cwd = temporaryProject({
    'experiments/slow-database.json': slow,
    'experiments/stop-tasks.json': stop,
    'experiments/environments/staging.json': options.environment ?? staging,
    ...Object.fromEntries(
      (options.others ?? []).map((one) => [`experiments/environments/${one.id}.json`, one]),
    ),
  });
  if (options.others !== undefined) {
    const both = { ...stop, environments: { staging: {}, ohio: {} } };
    writeFileSync(`${cwd}/experiments/stop-tasks.json`, JSON.stringify(both));
  }
  const planning = capturedIo(cwd);
  await campaignPlanCommand(planning.io, { from: at, out: 'night.json', json: true });
  const plan = planDocumentSchema.parse(JSON.parse(planning.out()));
  const clock = createVirtualClock({ startMs: Date.parse(at), auto: false });
  const dispatchers = createFakeLaunchers({
    clock,
    launchers:
      options.isDeployed === false
        ? {}
        : { 'steadfast-dispatcher-staging': { hash: '', touches: [], run: () => ({ lastsMs: hourMs }) } },
    objects: new Map(),
  });
  const { account = '111111111111' } = options;
  const fake = createFakeOutside({ account, clock, clients: { sfn: dispatchers.sfn } });
  const io = () => capturedIo(cwd);
  return {
    cwd,
    plan,
    clock,
    bucket: fake.bucket,
    progress: createCampaignProgress({ dynamo: fake.clients.dynamo, table: 'steadfast-staging' }),
    words: createPartWords({ dynamo: fake.clients.dynamo, table: 'steadfast-staging' }),
    started: () => dispatchers.executions().map(({ name }) => name),
    run: async (file = 'night.json', env = 'staging', stopAfter?: readonly string[], json = false) => {
      const { io: own, out } = io();
      const code = await campaignRunCommand(own, file, { env, stopAfter, json }, fake.outside);
      if (json) expectDocument('campaign run', out());
      return { code, out: out() };
    },
    status: async (campaign = plan.campaign, json = false) => {
      const { io: own, out } = io();
      const code = await campaignStatusCommand(own, campaign, { env: 'staging', json }, fake.outside);
      if (json) expectDocument('campaign status', out());
      return { code, out: out() };
    },
  };
}

describe('steadfast campaign run', () => {
  it('writes the plan to the bucket and starts the dispatcher, once', async () => {
    const { run, plan, bucket, started } = await world();
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toContain(
      `The campaign ${plan.campaign} has begun: 2 runs, the first at 2026-12-01 18:00 UTC.`,
    );
    expect(JSON.parse(bucket.objects.get(campaignPlanKey(plan.campaign)) ?? '')).toEqual(plan.parts[0]);
    expect((await run()).out).toContain('is under way already');
    expect(JSON.parse((await run('night.json', 'staging', undefined, true)).out)).toMatchObject({
      started: false,
    });
    expect(started()).toEqual([`${plan.campaign}-1`]);
  });

  it('may be told another policy than its plan holds, until it is under way', async () => {
    const { run, plan, bucket } = await world();
    await run('night.json', 'staging', ['deviated=2']);
    expect(JSON.parse(bucket.objects.get(campaignPlanKey(plan.campaign)) ?? '')).toMatchObject({
      stopAfter: { errored: 1, unrecovered: 1, deviated: 2 },
    });
    await expect(run('night.json', 'staging', ['deviated=3'])).rejects.toMatchObject({
      code: 'cannot-begin',
      message: expect.stringContaining('keeps the policy that it began with') as string,
    });
  });

  it('goes on with a campaign whose dispatcher ended before its time, and with none that is over', async () => {
    const { run, plan, clock, progress, started, status } = await world();
    await run();
    await progress.tell(plan.campaign, { status: 'running', execution: 1, at });
    expect((await run()).out).toContain('is under way already');
    await clock.advance(2 * hourMs);
    expect((await status()).out).toContain('interrupted');
    expect(JSON.parse((await status(plan.campaign, true)).out)).toMatchObject({ status: 'interrupted' });
    expect((await run()).out).toContain('goes on');
    expect(started()).toEqual([`${plan.campaign}-1`, `${plan.campaign}-2`]);
    await progress.tell(plan.campaign, {
      status: 'stopped',
      execution: 2,
      at,
      reason: '1 run ended as errored',
    });
    await expect(run()).rejects.toMatchObject({
      code: 'cannot-begin',
      message: expect.stringContaining('1 run ended as errored') as string,
    });
  });

  it('refuses a plan for other definitions than the project has', async () => {
    const { cwd, run, started } = await world();
    writeFileSync(`${cwd}/experiments/stop-tasks.json`, JSON.stringify({ ...stop, title: 'Another' }));
    await expect(run()).rejects.toMatchObject({
      code: 'invalid',
      problems: [expect.objectContaining({ code: 'outdated', path: ['stop-tasks'] })],
    });
    expect(started()).toEqual([]);
  });

  it('refuses what is no plan, an environment that the plan has nothing in, and one without a dispatcher', async () => {
    const { run } = await world({ isDeployed: false });
    await expect(run('nowhere.json')).rejects.toMatchObject({ code: 'invalid' });
    await expect(run('experiments/stop-tasks.json')).rejects.toMatchObject({
      message: expect.stringContaining('is no plan of a campaign') as string,
    });
    await expect(run('night.json', 'production')).rejects.toMatchObject({
      code: 'unknown-id',
      hint: 'it is started with --env staging',
    });
    await expect(run()).rejects.toMatchObject({
      code: 'cannot-begin',
      hint: 'deploy steadfast-staging-runner',
    });
  });
});

describe('steadfast campaign status', () => {
  it('shows what has ended, what is under way and what comes next, with the code of the worst verdict', async () => {
    const { run, plan, progress, status } = await world();
    await run();
    expect((await status()).out).toContain('not begun, 0 of 2 runs ended');
    await progress.tell(plan.campaign, { status: 'running', execution: 1, at });
    const first = { index: 0, status: 'starting', attempt: 1, runId: 'campaign-it-00000-1', at } as const;
    await progress.start(plan.campaign, first);
    const { code, out } = await status();
    expect(code).toBe(0);
    expect(out).toMatch(/Under way\n {2}\S+ \(staging\) {2}campaign-it-00000-1/);
    expect(out).toMatch(/Next\n {2}2026-12-01 18:\d\d {2}\S+ \(staging\)/);
    await progress.settle(plan.campaign, { ...first, status: 'ended', verdict: 'deviated' });
    const ended = await status(plan.campaign, true);
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject({ status: 'running', counts: { deviated: 1 } });
    expect((await status()).out).toMatch(/Not held\n {2}deviated {2}\S+ \(staging\) {2}campaign-it-00000-1/);
  });

  it('shows why it was stopped, what was not started and why, and what is tried again', async () => {
    const { run, plan, progress, status } = await world();
    await run();
    const jobAt = (index: number) =>
      ({ index, status: 'starting', attempt: 1, runId: `campaign-it-0000${index}-1`, at }) as const;
    for (const index of [0, 1]) await progress.start(plan.campaign, jobAt(index));
    await progress.settle(plan.campaign, {
      ...jobAt(0),
      status: 'ended',
      verdict: 'rejected',
      rejection: 'busy',
      reason: 'it was never its turn',
    });
    await progress.settle(plan.campaign, { ...jobAt(1), status: 'waiting', notBefore: at });
    await progress.tell(plan.campaign, { status: 'stopped', execution: 1, at, reason: 'somebody asked' });
    const { code, out } = await status();
    expect(code).toBe(4);
    expect(out).toContain(': stopped (somebody asked), 1 of 2 runs ended');
    expect(out).toMatch(/Not held\n {2}rejected \(busy\) {2}\S+ \(staging\) {2}it was never its turn/);
    expect(out).toMatch(/Waiting to be tried again\n {2}\S+ \(staging\) {2}after attempt 1/);
    const told: unknown = JSON.parse((await status(plan.campaign, true)).out);
    expect(told).toMatchObject({
      reason: 'somebody asked',
      runs: [{ rejection: 'busy' }, { status: 'waiting' }],
    });
  });

  it('shows where a stop began, and how the other parts are', async () => {
    const { run, plan, progress, words, status } = await world({
      environment: { ...staging, campaignPartners: ['ohio'] },
      others: [ohio],
    });
    expect((await run()).out).toContain(
      'Start the part in 222222222222 us-east-2 too:  steadfast campaign run night.json --env ohio',
    );
    const { campaign } = plan;
    expect((await status()).out).toContain('Other parts\n  ohio (222222222222 us-east-2): not heard of');
    const place = { dispatcher: 'ohio', account: '222222222222', region: 'us-east-2' };
    const counts = { unrecovered: 1 };
    await words.keep({ campaign, ...place, counts, isOver: true, heardAt: at });
    await progress.tell(campaign, {
      status: 'stopped',
      execution: 1,
      at,
      reason: '1 run ended as unrecovered, in ohio (222222222222 us-east-2)',
      stoppedIn: place,
    });
    const { out } = await status();
    expect(out).toContain(
      ': stopped (1 run ended as unrecovered, in ohio (222222222222 us-east-2)), 0 of 2 runs',
    );
    expect(out).toContain(
      'ohio (222222222222 us-east-2): over, 1 unrecovered, last heard 2026-12-01 18:00 UTC',
    );
    expect(JSON.parse((await status(campaign, true)).out)).toMatchObject({
      stoppedIn: place,
      others: [{ ...place, runs: 1, status: 'over', counts }],
    });
  });

  it('knows no campaign that has no plan', async () => {
    const { status } = await world();
    await expect(status('20200101-00000000')).rejects.toMatchObject({ code: 'unknown-id' });
  });
});
