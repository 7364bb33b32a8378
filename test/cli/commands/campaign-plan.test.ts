import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { planDocumentSchema } from '../../../lib/campaign/plan-document.ts';
import { main } from '../../../lib/cli/main.ts';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { slowDatabase, staging, stopTasks } from '../../plan/examples.ts';
import { expectDocumentOf } from '../documents/expect-document.ts';

const { lab: _, ...deployed } = { ...slowDatabase, environments: { staging: {} } };
const { lab: __, ...both } = {
  ...stopTasks,
  owner: 'team-tasks',
  environments: { staging: {}, sandbox: {} },
};
const sandbox = { ...staging, id: 'sandbox' } satisfies EnvironmentDefinition;

const files = (environments: readonly EnvironmentDefinition[]) => ({
  'experiments/slow-database.json': deployed,
  'experiments/stop-tasks.json': both,
  ...Object.fromEntries(environments.map((one) => [`experiments/environments/${one.id}.json`, one])),
});

const leading = { ...staging, dispatches: ['sandbox'] };

async function plan(environments: readonly EnvironmentDefinition[], ...words: readonly string[]) {
  const cwd = temporaryProject(files(environments));
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 80, rows: 24 })];
  const io = { cwd, stdout, stderr, isTerminal: false, stdoutColours: false, stderrColours: false };
  const [out, err] = [text(stdout), text(stderr)];
  const code = await main(['campaign', 'plan', '--from', '2026-12-01T18:00:00Z', ...words], io, '0.0.0');
  stdout.end();
  stderr.end();
  expectDocumentOf(['campaign', 'plan', ...words], await out);
  return { cwd, code, out: await out, err: await err };
}

describe('steadfast campaign plan', () => {
  it('orders what is deployed, and writes down what a dispatcher needs', async () => {
    const { cwd, code, out } = await plan([leading, sandbox], '--json', '--out', 'night.json');
    expect(code).toBe(0);
    const document = planDocumentSchema.parse(JSON.parse(out));
    expect(JSON.parse(readFileSync(join(cwd, 'night.json'), 'utf8'))).toEqual(document);
    const [part] = document.parts;
    expect(document.parts).toHaveLength(1);
    expect(part).toMatchObject({ dispatcher: 'staging', stopAfter: { errored: 1, unrecovered: 1 } });
    expect(part?.jobs.map(({ experiment, environment, start }) => [experiment, environment, start])).toEqual([
      ['stop-tasks', 'sandbox', '2026-12-01T18:00:00.000Z'],
      ['slow-database', 'staging', '2026-12-01T18:00:00.000Z'],
      ['stop-tasks', 'staging', '2026-12-01T18:18:30.000Z'],
    ]);
    expect(part?.jobs[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('draws it for people, in no more columns than there are', async () => {
    const { out } = await plan([leading, sandbox], '--out', 'night.json');
    expect(out).toContain('111111111111 eu-west-1, dispatched by staging');
    expect(out).toMatch(/2026-12-01 18:18 +19 min +stop-tasks \(staging\) +·+█+/);
    expect(out).toContain('campaign run night.json --env staging');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('holds after how many of which verdict nothing more is started, as it is asked', async () => {
    const words = ['--stop-after', 'deviated=3', 'errored=never', '--env', 'staging'];
    const { out } = await plan([staging], '--json', ...words);
    const [part] = planDocumentSchema.parse(JSON.parse(out)).parts;
    expect(part?.stopAfter).toEqual({ unrecovered: 1, deviated: 3 });
    expect((await plan([staging], ...words)).out).toContain(
      'starts nothing more after 1 unrecovered or 3 deviated',
    );
  });

  it('names what fits into no gap, plans the rest, and ends with 4', async () => {
    const blackouts = [{ from: '2026-12-01T18:20:00Z', until: '2027-12-01T00:00:00Z', reason: 'a freeze' }];
    const { code, out } = await plan([{ ...staging, blackouts }], '--env', 'staging');
    expect(code).toBe(4);
    expect(out).toMatch(/Without a place\n {2}\S+ in staging: others take what it needs until 2027-03-03/);
    expect(out).toContain('1 run,');
  });

  describe('over several accounts', () => {
    const ohio = { ...sandbox, account: '222222222222', region: 'us-east-2' };
    const partnered = [
      { ...staging, campaignPartners: ['sandbox'] },
      { ...ohio, campaignPartners: ['staging'] },
    ];

    it('tells each part of the others where all name each other', async () => {
      const { code, out } = await plan(partnered, '--json');
      expect(code).toBe(0);
      const { parts } = planDocumentSchema.parse(JSON.parse(out));
      expect(parts.map(({ dispatcher, others }) => [dispatcher, others])).toEqual([
        ['staging', [{ dispatcher: 'sandbox', account: '222222222222', region: 'us-east-2', jobs: 1 }]],
        ['sandbox', [{ dispatcher: 'staging', account: '111111111111', region: 'eu-west-1', jobs: 2 }]],
      ]);
      const told = await plan(partnered, '--out', 'night.json');
      expect(told.out).toContain('1 errored or 1 unrecovered in all parts');
      expect(told.out).toMatch(/night\.json --env staging\n.*night\.json --env sandbox/);
    });

    it('refuses one whose parts do not hear of each other, and says which lacks whom', async () => {
      const { code, err, out } = await plan([partnered[0] ?? staging, ohio], '--out', 'night.json');
      expect([code, out]).toEqual([4, '']);
      expect(err).toContain('could not stop as a whole');
      expect(err).toContain('sandbox (222222222222 us-east-2) has no partner staging');
      expect(err).toContain("add campaignPartners: ['staging'] to sandbox and deploy its runner");
      expect(err).not.toContain('staging (111111111111 eu-west-1) has no partner');
      expect(err).toContain('--stop-apart');
    });

    it('lets each part stop by itself where that is asked for', async () => {
      const { code, out } = await plan([staging, ohio], '--stop-apart', '--json');
      expect(code).toBe(0);
      const { parts } = planDocumentSchema.parse(JSON.parse(out));
      expect(parts.map((part) => 'others' in part)).toEqual([false, false]);
      expect((await plan([staging, ohio], '--stop-apart')).out).toContain('unrecovered in each part');
    });
  });

  it.each([
    ['a verdict that there is none of', ['--stop-after', 'deviatd=1'], 64, "did you mean 'deviated'?"],
    ['a verdict to go on after', ['--stop-after', 'held=1'], 64, "'held' is no verdict to stop after"],
    ['a count that is none', ['--stop-after', 'deviated=0'], 64, 'write deviated=3'],
    ['an environment that there is none of', ['--env', 'stagin'], 4, "did you mean 'staging'?"],
    [
      'an experiment that there is none of',
      ['--experiments', 'fast-database'],
      4,
      "there is no experiment 'fast-database'",
    ],
    [
      'nothing that is deployed there',
      ['--env', 'sandbox', '--experiments', 'slow-database'],
      4,
      'there is nothing to plan',
    ],
    ['a time that is none', ['--env', 'staging', '--until', 'tomorrow'], 64, '--until is no time: tomorrow'],
    [
      'an end before its beginning',
      ['--env', 'staging', '--until', '2026-11-01'],
      64,
      'over before it begins',
    ],
    ['a folder that is not there', ['--env', 'staging', '--out', 'no/where.json'], 4, 'cannot be written'],
    [
      'environments that share an account and dispatch for none',
      [],
      4,
      "add dispatches: ['staging'] to sandbox",
    ],
  ])('refuses %s', async (_what, words, code, told) => {
    const refused = await plan([staging, sandbox], ...words);
    expect(refused.code).toBe(code);
    expect(refused.err).toContain(told);
    expect(refused.out).toBe('');
  });

  it('refuses experiments that cannot run where they are to', async () => {
    const { services: _services, ...bare } = staging;
    const { code, err } = await plan([{ ...bare, services: { shop: staging.services.shop } }]);
    expect(code).toBe(4);
    expect(err).toContain("no service is called 'database'");
  });
});
