import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { loadProject } from '../../lib/definitions/project.ts';
import { commandHere } from '../cli/command-here.ts';
import { blocksOf, root } from '../docs/markdown.ts';

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = ['docs/how-to/run-in-a-pipeline.md', 'docs/how-to/other-pipelines.md'];
const snippets = pages.flatMap((page) =>
  blocksOf(page).filter(({ language }) => ['yaml', 'groovy'].includes(language)),
);
const inputs = Object.keys(
  z.object({ inputs: z.record(z.string(), z.unknown()) }).parse(parse(text('action.yml'))).inputs,
);

const stepSchema = z.looseObject({
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  if: z.string().optional(),
});
const workflowSchema = z.looseObject({
  on: z.looseObject({ schedule: z.array(z.object({ cron: z.string() })), workflow_dispatch: z.unknown() }),
  concurrency: z.looseObject({ group: z.string(), 'cancel-in-progress': z.literal(false) }),
  permissions: z.record(z.string(), z.string()),
  env: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      'timeout-minutes': z.number(),
      permissions: z.record(z.string(), z.string()),
      if: z.string().optional(),
      steps: z.array(stepSchema),
    }),
  ),
});
const workflow = workflowSchema.parse(parse(text('.github/workflows/chaos.yml')));
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

/** Steps of any depth that use the action. */
function usesIn(value: unknown): { uses: string; with: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return [];
  const step = stepSchema.safeParse(value).data;
  const own =
    step?.uses !== undefined && /^\.\/$|^acme\/steadfast@/.test(step.uses)
      ? [{ uses: step.uses, with: step.with ?? {} }]
      : [];
  return [...own, ...Object.values(value).flatMap(usesIn)];
}

/** Each call of the command in a script, as words. */
const callsIn = (script: string): string[][] =>
  [...script.matchAll(/npx steadfast ([^\n'|]+?)(?='|\s*\|\||\n|$)/g)].map(([, words = '']) =>
    words.trim().split(/\s+/),
  );

const shown = [...snippets.map((one) => one.text), text('.github/workflows/chaos.yml')].flatMap(callsIn);

describe('the commands in pipelines', () => {
  it('are some', () => {
    expect(shown.length).toBeGreaterThan(8);
  });

  it.each([...new Set(shown.map((words) => words.join(' ')))])(
    'are taken by the command: %s',
    async (line) => {
      const words = line.split(' ').map((word) => word.replaceAll('"', ''));
      const here = commandHere();
      // Values are read before the help is shown; options that it has not are told by the help.
      const { code, stdout } = await here.run(...words, '--help');
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: steadfast ${words[0]} `);
      expect(words.filter((word) => word.startsWith('--') && !stdout.includes(` ${word}`))).toEqual([]);
    },
  );
});

describe('the snippets of the guides', () => {
  it.each(snippets.filter(({ language }) => language === 'yaml').map((one) => [one.text] as const))(
    'are YAML, and use the action by its inputs: %#',
    (snippet) => {
      for (const { with: given } of usesIn(parse(snippet)))
        expect(Object.keys(given).filter((name) => !inputs.includes(name))).toEqual([]);
    },
  );

  it('show each command of the action', () => {
    const used = snippets
      .filter(({ language }) => language === 'yaml')
      .flatMap((one) => usesIn(parse(one.text)));
    expect(new Set(used.map((one) => one.with['command']))).toEqual(
      new Set(['check', 'rehearse', 'run', 'gate']),
    );
  });
});

describe('this project’s own workflow', () => {
  it('begins each Wednesday at 02:00 or by hand, and never beside itself', () => {
    expect(workflow.on.schedule).toEqual([{ cron: '0 2 * * 3' }]);
    expect(workflow.on).toHaveProperty('workflow_dispatch.inputs.experiments');
    expect(workflow.concurrency.group).toBe('chaos-staging');
    expect(workflow.permissions).toEqual({});
  });

  it('deploys, runs and looks for the recovery, also where the experiments failed', () => {
    expect(Object.keys(workflow.jobs)).toEqual(['deploy', 'experiments', 'recovery']);
    expect(workflow.jobs['experiments']).toMatchObject({ needs: 'deploy' });
    expect(workflow.jobs['recovery']).toMatchObject({ needs: ['deploy', 'experiments'] });
    expect(workflow.jobs['recovery']?.if).toMatch(/^\$\{\{ always\(\) && /);
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
      expect(job['timeout-minutes']).toBeLessThanOrEqual(360);
    }
  });

  it('uses its own action by inputs that it has, and others by their major version', () => {
    const own = usesIn(workflow);
    expect(own.map((one) => one.with['command'])).toEqual(['check', 'run']);
    for (const { with: given } of own)
      expect(Object.keys(given).filter((name) => !inputs.includes(name))).toEqual([]);
    for (const { uses } of steps)
      if (uses !== undefined && uses !== './') expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
  });

  it('has no input in the text of a script', () => {
    expect(steps.flatMap(({ run }) => run ?? []).filter((run) => run.includes('${{'))).toEqual([]);
  });

  it('runs experiments that are deployed to staging and that AWS does not start by itself', async () => {
    const { experiments } = await loadProject(root);
    const [, named = ''] = /\|\| '([^']+)'/.exec(workflow.env['EXPERIMENTS'] ?? '') ?? [];
    expect(workflow.on).toHaveProperty('workflow_dispatch.inputs.experiments.default', named);
    for (const id of named.split(' ')) {
      const place = experiments.find((one) => one.id === id)?.parsed.environments?.['staging'];
      expect([id, place === undefined, place?.schedule]).toEqual([id, false, undefined]);
    }
  });

  it('has every other command that it calls', () => {
    const commands = steps.flatMap(({ run }) => run ?? []).flatMap((run) => run.split('\n'));
    for (const line of commands.filter((one) => one.startsWith('npx ') && !one.startsWith('npx steadfast')))
      expect(existsSync(join(root, 'node_modules/.bin', line.split(' ')[1] ?? ''))).toBe(true);
    expect(globSync('action/*.ts', { cwd: root }).length).toBeGreaterThan(0);
  });
});
