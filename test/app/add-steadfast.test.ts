import { App } from 'aws-cdk-lib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addSteadfast } from '../../lib/app/index.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { slowDatabase, staging } from '../plan/examples.ts';

const files = {
  'experiments/slow-database.json': slowDatabase,
  'experiments/environments/staging.json': staging,
  'experiments/environments/other.json': { ...staging, id: 'other' },
};

const namesIn = (app: App): string[] => app.node.children.map(({ node }) => node.id).toSorted();

describe('adding Steadfast to a CDK app', () => {
  let said: string[];
  let exitCode: typeof process.exitCode;

  beforeEach(() => {
    said = [];
    exitCode = process.exitCode;
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = exitCode;
  });

  it('adds the stacks of the environment that the context names', async () => {
    const app = new App({ context: { env: 'staging' } });
    expect(await addSteadfast(app, { directory: temporaryProject(files) })).toBe(true);
    expect(namesIn(app)).toEqual([
      'steadfast-staging-core',
      `steadfast-staging-experiments-${slowDatabase.owner}`,
      'steadfast-staging-runner',
    ]);
    expect([said, process.exitCode]).toEqual([[], exitCode]);
  });

  it('adds those of the environment that it is told, whatever the context names', async () => {
    const app = new App({ context: { env: 'staging' } });
    await addSteadfast(app, { directory: temporaryProject(files), environment: 'other' });
    expect(namesIn(app)).toEqual(['steadfast-other-core', 'steadfast-other-runner']);
  });

  it('adds nothing where a definition is broken, says where, and has the process end with 1', async () => {
    const app = new App();
    const directory = temporaryProject({
      ...files,
      'experiments/broken.json': { ...slowDatabase, id: 'broken', ownr: 'me' },
    });
    expect(await addSteadfast(app, { directory, environment: 'staging' })).toBe(false);
    expect(namesIn(app)).toEqual([]);
    expect(process.exitCode).toBe(1);
    expect(said.join('')).toMatch(
      /^steadfast: definitions cannot be read\n.*broken\.json:\d+: ownr: .*\n {2}did you mean 'owner'\?\n/,
    );
  });

  it('does not take what CDK itself refuses for a problem of definitions', async () => {
    const app = new App();
    const options = { directory: temporaryProject(files), environment: 'staging' };
    await addSteadfast(app, options);
    await expect(addSteadfast(app, options)).rejects.toThrow('steadfast-staging-core');
    expect(said).toEqual([]);
  });
});
