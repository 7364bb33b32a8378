import { describe, expect, it } from 'vitest';
import { experimentList } from '../../../../lib/plan/experiment-list.ts';
import { staging } from '../../../plan/examples.ts';
import { deployed, doctorWorld } from '../doctor-world.ts';
import { holding } from '../holding.ts';

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

  it('are as bad as the worst of them, and all that is wrong is told', async () => {
    const guards = { ...staging.guards, latency: { alarm: 'latency' }, missing: { alarm: 'missing' } };
    const alarm = (name: string) =>
      name === 'missing'
        ? undefined
        : { StateValue: 'OK', TreatMissingData: name === 'latency' ? 'ignore' : 'missing' };
    const found = await doctorWorld({ environment: { ...staging, guards }, alarm }).check('guards');
    expect(found).toMatchObject({ status: 'fail', mend: holding('name an alarm that is there') });
    expect(found.seen).toContain('latency treats missing data as ignore');
    expect(found.seen).toContain('; missing: no alarm is called missing');
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
