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

describe('the doctor of an environment that is well', () => {
  it('finds everything fine, and what has no use skipped', async () => {
    const { checks, ok, environment } = await doctorWorld().document();
    expect(checks.filter(({ status }) => status !== 'ok' && status !== 'skipped')).toEqual([]);
    expect([ok, environment]).toEqual([
      true,
      { id: 'staging', account: '111111111111', region: 'eu-west-1' },
    ]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['guards', 'versions', 'left-stacks']),
    );
  });
});

describe('credentials, Region and clock', () => {
  it('are fine with the time that is left, and a warning where that is little', async () => {
    const until = (ms: number) => {
      const world = doctorWorld();
      const { connect } = world.outside;
      const expiration = new Date(world.outside.clock.now() + ms);
      Object.assign(world.outside, {
        connect: async (choice: Parameters<typeof connect>[0]) => {
          const connection = await connect(choice);
          const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', expiration });
          return { ...connection, place: { ...connection.place, credentials } };
        },
      });
      return world.check('credentials');
    };
    expect(await until(3_600_000)).toMatchObject({
      status: 'ok',
      seen: holding('for 60 min more'),
    });
    expect(await until(600_000)).toMatchObject({
      status: 'warn',
      seen: holding('run out in 10 min'),
    });
    expect(await until(-1)).toMatchObject({
      status: 'warn',
      seen: holding('run out in 0 min'),
    });
  });

  it('are to be mended where another Region was asked for than the project declares', async () => {
    const { look } = doctorWorld();
    const { out } = await look({ env: 'staging', region: 'us-east-1', json: true });
    expect(out).toContain('us-east-1 was asked for, and staging is in eu-west-1');
  });

  it.each([
    [0, 'ok'],
    [60_000, 'warn'],
    [400_000, 'fail'],
    [-400_000, 'fail'],
  ])('are judged by how far the clock is off: %i ms', async (aheadMs, status) => {
    const found = await doctorWorld({ aheadMs }).check('clock');
    expect(found.status).toBe(status);
    expect(found.seen).toContain(aheadMs < 0 ? 'behind AWS’s' : 'ahead of AWS’s');
  });
});

describe('what IAM allows', () => {
  it('is told by the words that do not work without it', async () => {
    const world = doctorWorld({ denied: ['dynamodb:Query', 'states:StartExecution'] });
    expect(await world.check('permissions-to-look')).toMatchObject({
      status: 'fail',
      seen: holding('dynamodb:Query (for runs, show'),
      mend: holding('SteadfastViewerPolicy'),
    });
    expect(await world.check('permissions-to-run')).toMatchObject({
      status: 'warn',
      seen: holding('states:StartExecution (for run)'),
    });
  });

  it('is unknown where it depends on more than the simulation was told, or may not be asked', async () => {
    expect(await doctorWorld({ open: ['s3:GetObject'] }).check('permissions-to-look')).toMatchObject({
      status: 'unknown',
      seen: holding('s3:GetObject (it depends on aws:SourceVpce)'),
    });
    expect(
      await doctorWorld({ refuses: ['SimulatePrincipalPolicy'] }).check('permissions-to-look'),
    ).toMatchObject({ status: 'unknown', seen: holding('iam:SimulatePrincipalPolicy') });
  });

  it('is not simulated for who is neither a user nor a role', async () => {
    const caller = async () => ({ account: '111111111111', arn: 'arn:aws:iam::111111111111:root' });
    const found = await doctorWorld({ outside: { caller } }).check('permissions-to-look');
    expect(found).toMatchObject({ status: 'skipped' });
  });
});

describe('quotas', () => {
  it('are a warning where FIS has no place left, with who holds them', async () => {
    expect(await doctorWorld({ active: 4 }).check('fis-experiments')).toMatchObject({ status: 'ok' });
    const full = await doctorWorld({ active: 5 }).check('fis-experiments');
    expect(full).toMatchObject({
      status: 'warn',
      seen: holding('EXP0 (run-1), EXP1 (not of Steadfast)'),
    });
  });

  it.each([
    [449, 'ok'],
    [450, 'warn'],
    [500, 'fail'],
  ])('of templates: %i', async (count, status) => {
    const templates = Array.from({ length: count }, (_, index) => ({ id: `EXT${index}`, tags: {} }));
    expect(await doctorWorld({ templates }).check('fis-templates')).toMatchObject({ status });
  });
});

describe('guards', () => {
  it.each([
    ['fail', undefined, 'no alarm is called steadfast-staging-shopErrors'],
    ['fail', { StateValue: 'INSUFFICIENT_DATA', StateReason: 'no points' }, 'has no data (no points)'],
    ['fail', { StateValue: 'ALARM' }, 'is in alarm'],
    ['warn', { StateValue: 'OK', AlarmRule: 'ALARM(a)' }, 'is a composite alarm'],
    ['warn', { StateValue: 'OK', TreatMissingData: 'notBreaching' }, 'treats missing data as notBreaching'],
    ['ok', { StateValue: 'OK', TreatMissingData: 'breaching' }, '1 guard, all with data and OK'],
  ])('are %s where the alarm is %j', async (status, alarm, seen) => {
    const found = await doctorWorld({ alarm: () => alarm }).check('guards');
    expect(found).toMatchObject({ status, seen: holding(seen) });
  });

  it('are unknown where alarms may not be read, with the permission', async () => {
    const found = await doctorWorld({ refuses: ['DescribeAlarms'] }).check('guards');
    expect(found).toMatchObject({
      status: 'unknown',
      seen: holding('cloudwatch:DescribeAlarms'),
    });
  });

  it('of other accounts are not looked at, and do not count as guards that FIS stops on', async () => {
    const elsewhere = {
      alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
      watches: 'production' as const,
    };
    const both = doctorWorld({ environment: { ...staging, guards: { ...staging.guards, elsewhere } } });
    expect(await both.check('guards-elsewhere')).toMatchObject({
      status: 'skipped',
      seen: holding('elsewhere:'),
    });
    const alone = doctorWorld({
      environment: { ...staging, guards: { elsewhere } },
      launchers: [],
      parameters: listed({}),
    });
    expect(await alone.check('guards')).toMatchObject({
      status: 'fail',
      seen: holding('no guard of this account'),
    });
  });

  it('are those of what is deployed where the project declares no environment', async () => {
    const files = { 'experiments/slow-database.json': deployed };
    const parameters = { ...listed({}), '/steadfast/staging': { table: 'steadfast-staging' } };
    expect(await doctorWorld({ files, parameters }).check('guards')).toMatchObject({ status: 'ok' });
    expect(await doctorWorld({ files, parameters, launchers: [] }).check('guards')).toMatchObject({
      status: 'skipped',
    });
  });
});

describe('alarms on Steadfast itself', () => {
  it('must be there, and not be raised', async () => {
    expect(await doctorWorld({ ownAlarms: [] }).check('own-alarms')).toMatchObject({ status: 'fail' });
    const ownAlarms = [{ AlarmName: 'steadfast-runner-staging-failed', StateValue: 'ALARM' }];
    expect(await doctorWorld({ ownAlarms }).check('own-alarms')).toMatchObject({
      status: 'fail',
      seen: holding('steadfast-runner-staging-failed'),
    });
  });
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
