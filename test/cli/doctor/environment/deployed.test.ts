import { describe, expect, it } from 'vitest';
import { writeHalt } from '../../../../lib/aws/command/stop-directly.ts';
import { createDynamoPauses } from '../../../../lib/aws/dynamo-pauses.ts';
import { environmentNames } from '../../../../lib/plan/environment-names.ts';
import { experimentList } from '../../../../lib/plan/experiment-list.ts';
import { staging } from '../../../plan/examples.ts';
import { deployed, doctorWorld } from '../doctor-world.ts';
import { holding } from '../holding.ts';

const names = environmentNames({ id: 'staging', account: '111111111111', region: 'eu-west-1' });
const listed = (marks: Readonly<Record<string, string>>, stack = 'steadfast-staging-core') => ({
  '/steadfast/staging/versions': { core: '1.2.3', runner: '1.2.3' },
  '/steadfast/staging/experiments': { [`${stack}-7`]: experimentList(new Map(Object.entries(marks))) },
});

describe('what is deployed', () => {
  it('is told by version: another one, one that did not say, none at all', async () => {
    const of = (parameters: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
      doctorWorld({ parameters }).check('versions');
    const other = { '/steadfast/staging/versions': { core: '1.2.2', runner: '1.2.3' } };
    expect(await of(other)).toMatchObject({
      status: 'warn',
      seen: holding('core was deployed by 1.2.2'),
    });
    const silent = { '/steadfast/staging': { table: 'steadfast-staging' } };
    expect(await of(silent)).toMatchObject({ status: 'warn', seen: holding('did not say') });
    expect(await of({})).toMatchObject({
      status: 'fail',
      seen: holding('is not deployed in 111111111111'),
    });
  });

  it('is compared with the project, experiment by experiment', async () => {
    const parameters = listed({ 'slow-database': 'another', forgotten: 'mark' });
    const found = await doctorWorld({ parameters, launchers: ['slow-database'] }).check('experiments');
    expect(found.status).toBe('fail');
    expect(found.seen).toContain('listed without a launcher: forgotten');
    expect(found.seen).toContain('changed since it was deployed: slow-database');
    expect(found.seen).toContain('deployed, and no longer in the project: forgotten');
    const none = await doctorWorld({ parameters: listed({}), launchers: [] }).check('experiments');
    expect(none).toMatchObject({ status: 'warn', seen: 'not deployed: slow-database' });
  });

  it('leaves to other repositories what they deploy, and says of what cannot be planned that it cannot', async () => {
    const parameters = listed({ theirs: 'mark' }, 'their-stack');
    const found = await doctorWorld({ parameters, launchers: ['theirs'] }).check('experiments');
    expect(found.seen).toBe('not deployed: slow-database');
    const hurt = {
      ...deployed,
      faults: { slow: { ...deployed.faults['slow'], selector: { service: 'nobody' } } },
    };
    const files = {
      'experiments/slow-database.json': hurt,
      'experiments/environments/staging.json': staging,
    };
    const world = doctorWorld({ files, parameters: listed({ 'slow-database': 'mark' }) });
    expect((await world.check('experiments')).seen).toContain(
      'not to be planned here (steadfast check tells why): slow-database',
    );
  });

  it('is taken as it is where an earlier version listed it without a mark of its plan', async () => {
    const parameters = {
      ...listed({}),
      '/steadfast/staging/experiments': { 'steadfast-staging-core-7': 'slow-database' },
    };
    expect(await doctorWorld({ parameters }).check('experiments')).toMatchObject({
      status: 'ok',
      seen: '1 experiment of the project, deployed as it is written',
    });
  });

  it('is not compared where the project does not declare the environment', async () => {
    const files = { 'experiments/slow-database.json': deployed };
    const parameters = { ...listed({}), '/steadfast/staging': { table: 'steadfast-staging' } };
    expect(await doctorWorld({ files, parameters }).check('experiments')).toMatchObject({
      status: 'skipped',
    });
    expect((await doctorWorld({ files, parameters }).check('region')).seen).toContain(
      'does not declare staging',
    );
  });
});

describe('what is left of owners that are gone', () => {
  it('is told with its stack, and how to delete that', async () => {
    const found = await doctorWorld({ launchers: ['slow-database', 'gone'] }).check('left-stacks');
    expect(found).toMatchObject({
      status: 'warn',
      seen: '1 launcher of experiments that no stack lists: gone; in steadfast-staging-experiments-team-gone',
      mend: 'aws cloudformation delete-stack --stack-name steadfast-staging-experiments-team-gone',
    });
  });

  it('is told without its stack where an earlier version deployed it', async () => {
    const found = await doctorWorld({ launchers: ['slow-database', 'older'] }).check('left-stacks');
    expect(found).toMatchObject({ status: 'warn', mend: 'the console shows the stack of each; delete it' });
  });

  it('is unknown where the launcher may not be looked at', async () => {
    const world = doctorWorld({ launchers: ['gone'], refuses: ['DescribeStateMachine'] });
    expect(await world.check('left-stacks')).toMatchObject({
      status: 'unknown',
      seen: holding('states:DescribeStateMachine'),
    });
  });

  it('are FIS templates, too', async () => {
    const ours = { 'steadfast:environment': 'staging', 'steadfast:experiment': 'gone' };
    const templates = [
      { id: 'EXT1', tags: ours },
      { id: 'EXT2', tags: { 'steadfast:environment': 'staging' } },
      { id: 'EXT3', tags: { 'steadfast:environment': 'production' } },
      { id: 'EXT4' },
    ];
    const found = await doctorWorld({ templates }).check('left-templates');
    expect(found).toMatchObject({
      status: 'warn',
      seen: holding('EXT1 (gone), EXT2 (without a name)'),
    });
  });

  it('is unknown where the lists may not be read', async () => {
    const found = await doctorWorld({ refuses: ['GetParametersByPath'] }).check('left-stacks');
    expect(found).toMatchObject({
      status: 'unknown',
      seen: holding('ssm:GetParametersByPath'),
    });
  });
});

describe('what keeps runs from starting', () => {
  it('is the kill switch', async () => {
    const world = doctorWorld();
    const { dynamo } = world.clients;
    await writeHalt({
      dynamo,
      names,
      run: undefined,
      reason: 'an outage',
      by: 'ann',
      atMs: world.outside.clock.now(),
    });
    expect(await world.check('kill-switch')).toMatchObject({
      status: 'warn',
      seen: holding('an outage'),
    });
  });

  it.each([
    [{ status: 'engaged', reason: 'an outage' }, 'warn', 'engaged, so that FIS starts nothing: an outage'],
    [{ status: 'broken' }, 'unknown', 'cannot be read'],
  ])('is FIS’s safety lever: %j', async (lever, status, seen) => {
    expect(await doctorWorld({ lever }).check('safety-lever')).toMatchObject({
      status,
      seen: holding(seen),
    });
  });

  it('is a pause', async () => {
    const world = doctorWorld();
    const pauses = createDynamoPauses({ dynamo: world.clients.dynamo, table: names.table });
    await pauses.pause({
      experiment: 'slow-database',
      reason: 'a release',
      by: 'ann',
      at: '2026-01-01T00:00:00Z',
    });
    expect(await world.check('pauses')).toMatchObject({
      status: 'warn',
      seen: '1 experiment is paused: slow-database (by ann at 2026-01-01T00:00:00Z)',
      mend: holding('steadfast resume slow-database --env staging'),
    });
  });
});
