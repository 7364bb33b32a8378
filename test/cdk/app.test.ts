import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { staging, stopTasks } from '../plan/examples.ts';
import { isLong } from '../setup.ts';
import { operators, slowDay } from './game-day/example.ts';

const home = join(import.meta.dirname, '..', '..');
/** The whole app is loaded, bundled and synthesized, on a machine that may be busy. */
const timeoutMs = 120_000;

describe('the CDK app, as the cdk command starts it', () => {
  let outdir: string;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'steadfast-app-'));
  });

  afterEach(() => {
    rmSync(outdir, { recursive: true, force: true });
  });

  function synth(env?: string, cwd = home) {
    const { PATH } = process.env;
    const context = JSON.stringify({ ...cdkJson.context, ...(env === undefined ? {} : { env }) });
    // Nothing else is in the environment: no credentials, no Region, no profile.
    const variables = { PATH, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: context };
    return spawnSync(process.execPath, [join(home, 'bin', 'app.ts')], {
      cwd,
      env: variables,
      encoding: 'utf8',
      timeout: timeoutMs,
    });
  }

  // All of them are synthesized within the tests' own process elsewhere; this is what the command starts.
  it.each(isLong ? ['staging', 'production', 'sandbox'] : ['staging'])(
    'synthesizes the example %s offline, without credentials, in silence',
    (environment) => {
      const { status, stdout, stderr } = synth(environment);
      expect([status, stdout, stderr]).toEqual([0, '', '']);
      const manifest = z
        .looseObject({ artifacts: z.record(z.string(), z.unknown()) })
        .parse(JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')));
      expect(Object.keys(manifest.artifacts)).toEqual(
        expect.arrayContaining([
          `steadfast-${environment}-core`,
          `steadfast-${environment}-runner`,
          `steadfast-${environment}-experiments-team-shop`,
          ...(environment === 'staging' ? ['steadfast-staging-game-days'] : []),
        ]),
      );
    },
    timeoutMs,
  );

  it.each([
    ['an environment that is not there', 'stagin', "steadfast: no environment is called 'stagin'"],
    ['no environment', undefined, 'steadfast: an app is synthesized for one environment, and none is named'],
  ])(
    'ends with 1 and names those it knows when it is given %s',
    (_, environment, sentence) => {
      const { status, stdout, stderr } = synth(environment);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toBe(`${sentence}\n  name one of them with -c env=NAME: production, sandbox, staging\n`);
    },
    timeoutMs,
  );

  it(
    'ends with 1 and every problem of experiments and game days, with file, line and how to mend it',
    () => {
      const root = join(outdir, 'project');
      mkdirSync(join(root, 'experiments', 'environments'), { recursive: true });
      const faults = {
        stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop', tags: { Env: 'production' } } },
      };
      const broken = { ...stopTasks, faults, guards: ['shopError'], environments: { staging: {} } };
      writeFileSync(join(root, 'experiments', 'broken.json'), JSON.stringify(broken, null, 2));
      writeFileSync(join(root, 'experiments', 'environments', 'staging.json'), JSON.stringify(staging));
      mkdirSync(join(root, 'experiments', 'game-days'), { recursive: true });
      const roles = { operator: [operators], onCall: [operators] };
      const day = {
        ...slowDay,
        stages: [{ experiment: 'stop-task' }],
        environments: { staging: { roles } },
      };
      writeFileSync(join(root, 'experiments', 'game-days', 'day.json'), JSON.stringify(day, null, 2));
      const { status, stderr } = synth('staging', root);
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /experiments\/game-days\/day\.json:\d+: environments\.staging\.roles\.onCall\.0: '.*' may act as operator too.*\n {2}give the two roles principals of their own/,
      );
      expect(stderr).toMatch(
        /experiments\/game-days\/day\.json:\d+: stages\.0\.experiment: no experiment is called 'stop-task'.*\n {2}did you mean 'stop-tasks'\?/,
      );
      expect(stderr).toMatch(
        /^steadfast: experiments and game days cannot be deployed to the environment 'staging'\n/,
      );
      expect(stderr).toMatch(
        /experiments\/broken\.json:\d+: guards\.0: no guard is called 'shopError'.*\n {2}did you mean 'shopErrors'\?/,
      );
      expect(stderr).toMatch(
        /experiments\/broken\.json:\d+: faults\.stop\.selector\.tags\.Env: names the environment tag 'Env'/,
      );
      expect(stderr).not.toContain('    at ');
    },
    timeoutMs,
  );
});
