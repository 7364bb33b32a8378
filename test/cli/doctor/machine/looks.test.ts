import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Look } from '../../../../lib/cli/doctor/look.ts';
import { faultsLook } from '../../../../lib/cli/doctor/machine/faults.ts';
import { diskLook, runsFolderLook, temporaryFolderLook } from '../../../../lib/cli/doctor/machine/folders.ts';
import { installLook } from '../../../../lib/cli/doctor/machine/install.ts';
import { leftProcessesLook, leftRunsLook } from '../../../../lib/cli/doctor/machine/leftovers.ts';
import { loopbackLook } from '../../../../lib/cli/doctor/machine/loopback.ts';
import { nodeLook } from '../../../../lib/cli/doctor/machine/node.ts';
import { packagesLook } from '../../../../lib/cli/doctor/machine/packages.ts';
import { projectLook } from '../../../../lib/cli/doctor/machine/project.ts';
import { ownPackage } from '../../../../lib/cli/doctor/own-package.ts';
import { loadProject } from '../../../../lib/definitions/project.ts';
import { temporaryProject } from '../../../definitions/temporary-project.ts';
import { shopLab, slowDatabase, staging } from '../../../plan/examples.ts';
import { holding } from '../holding.ts';

const seenBy = (look: Look) => look.look(new AbortController().signal);

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'steadfast-doctor-'));
  onTestFinished(() => {
    chmodSync(made, 0o700);
    rmSync(made, { recursive: true, force: true });
  });
  return made;
}

describe('Node', () => {
  it('must be what the command, the package and the project ask for', async () => {
    const root = temporaryProject({ 'package.json': { engines: { node: '>=23' } } });
    expect(await seenBy(nodeLook(root, '24.1.0'))).toEqual({ status: 'ok', seen: 'Node 24.1.0' });
    expect(await seenBy(nodeLook(root, '22.16.0'))).toMatchObject({
      status: 'fail',
      seen: 'Node 22.16.0 is not what is asked for: the project needs >=23',
    });
    expect((await seenBy(nodeLook(root, '18.0.0'))).seen).toContain('the command needs >=22.15');
  });

  it('is not compared with a range of another form, and that is said', async () => {
    const root = temporaryProject({ 'package.json': { engines: { node: '24.x' } } });
    expect((await seenBy(nodeLook(root, '24.1.0'))).seen).toContain(
      'the project says 24.x, which was not compared',
    );
    const broken = temporaryProject({ 'package.json': 'no JSON' });
    expect(await seenBy(nodeLook(broken, '24.1.0'))).toMatchObject({ status: 'ok' });
  });
});

describe('the install', () => {
  it('is fine as it is here', async () => {
    const seen = await seenBy(installLook());
    expect(seen).toMatchObject({ status: 'ok', seen: holding('as a checkout in') });
  });

  it('lacks what is not installed, and tells other versions', async () => {
    const own = ownPackage();
    const manifest = { ...own.manifest, dependencies: { zod: '1.0.0' } };
    expect(await seenBy(installLook({ ...own, manifest }))).toMatchObject({
      status: 'warn',
      seen: holding('for 1.0.0'),
    });
    const lacking = { ...own.manifest, dependencies: { 'no-such-package-of-anyone': '1.0.0' } };
    expect(await seenBy(installLook({ ...own, manifest: lacking }))).toMatchObject({
      status: 'fail',
      seen: 'not installed: no-such-package-of-anyone',
    });
    expect((await seenBy(installLook({ folder: folder(), manifest: {} }))).seen).toContain('as a package in');
  });
});

describe('the project', () => {
  const look = (files: Readonly<Record<string, unknown>>) => {
    const root = temporaryProject(files);
    return seenBy(projectLook(() => loadProject(root)));
  };

  it('is fine where all of it can be read', async () => {
    const seen = await look({
      'experiments/slow-database.json': slowDatabase,
      'experiments/environments/staging.json': staging,
    });
    expect(seen).toMatchObject({
      status: 'ok',
      seen: holding('1 experiment, 1 environment, 0 labs, 0 game days'),
    });
  });

  it('is to be mended where something cannot, and missed where there is none', async () => {
    const twice = { 'experiments/a.json': slowDatabase, 'experiments/b.json': slowDatabase };
    expect(await look(twice)).toMatchObject({
      status: 'fail',
      seen: holding('(duplicate-id)'),
    });
    expect(await look({ 'experiments/a.yaml': 'a: [' })).toMatchObject({ status: 'fail' });
    expect(await look({})).toMatchObject({ status: 'warn', mend: holding('steadfast init') });
  });
});

describe('packages that only some projects need', () => {
  const lab = {
    ...shopLab,
    services: { ...shopLab.services, database: { postgres: {} } },
    metrics: { errorRate: { sql: 'select 1', service: 'database' } },
  };
  const files = {
    'experiments/labs/shop.json': lab,
    'experiments/environments/staging.json': staging,
    'cdk.json': {},
  };

  it('are found where they are installed', async () => {
    const root = temporaryProject(files);
    symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
    const seen = await seenBy(packagesLook(() => loadProject(root)));
    expect(seen).toMatchObject({ status: 'ok' });
    for (const name of ['@electric-sql/pglite', 'pg', 'aws-cdk-lib', 'constructs'])
      expect(seen.seen).toContain(name);
  });

  it('are to be installed where they are used and not there', async () => {
    const root = temporaryProject(files);
    expect(await seenBy(packagesLook(() => loadProject(root)))).toMatchObject({
      status: 'fail',
      seen: holding('@electric-sql/pglite (for the database of the lab'),
      mend: 'npm install --save-dev @electric-sql/pglite @electric-sql/pglite-socket pg aws-cdk-lib constructs',
    });
  });

  it('are a warning in another version than was tested, and skipped where none is used', async () => {
    const root = temporaryProject({
      'experiments/environments/staging.json': staging,
      'cdk.json': {},
      'node_modules/aws-cdk-lib/package.json': { name: 'aws-cdk-lib', version: '1.0.0' },
      'node_modules/constructs/package.json': { name: 'constructs', version: '10.8.1' },
    });
    expect(await seenBy(packagesLook(() => loadProject(root)))).toMatchObject({
      status: 'warn',
      seen: holding('aws-cdk-lib (1.0.0, not ^2'),
    });
    const none = temporaryProject({});
    expect(await seenBy(packagesLook(() => loadProject(none)))).toMatchObject({ status: 'skipped' });
  });
});

describe('faults of labs', () => {
  it('are fine where this machine can carry them out, and skipped where nothing is rehearsed', async () => {
    const root = temporaryProject({
      'experiments/slow-database.json': slowDatabase,
      'experiments/labs/shop.json': shopLab,
    });
    expect(await seenBy(faultsLook(() => loadProject(root)))).toMatchObject({
      status: 'ok',
      seen: 'this machine can carry out the faults of 1 rehearsal',
    });
    const none = temporaryProject({});
    expect(await seenBy(faultsLook(() => loadProject(none)))).toMatchObject({ status: 'skipped' });
  });

  it('are a warning where it cannot, with what is lacking', async () => {
    const hungry = {
      ...slowDatabase,
      faults: { full: { action: 'lab:exhaust-file-descriptors', selector: { service: 'shop' } } },
      environments: undefined,
    };
    const root = temporaryProject({
      'experiments/slow-database.json': hungry,
      'experiments/labs/shop.json': shopLab,
    });
    const { PATH } = process.env;
    onTestFinished(() => {
      process.env['PATH'] = PATH;
    });
    process.env['PATH'] = '/nowhere';
    expect(await seenBy(faultsLook(() => loadProject(root)))).toMatchObject({
      status: 'warn',
      seen: holding('slow-database cannot be rehearsed here'),
      mend: holding('rehearse it on Linux'),
    });
  });
});

describe('folders', () => {
  it('of runs can be made, written, or not', async () => {
    const root = folder();
    expect(await seenBy(runsFolderLook(root))).toMatchObject({
      status: 'ok',
      seen: holding('can be made'),
    });
    mkdirSync(join(root, '.steadfast', 'runs'), { recursive: true });
    expect(await seenBy(runsFolderLook(root))).toMatchObject({
      status: 'ok',
      seen: holding('can be written'),
    });
    rmSync(join(root, '.steadfast'), { recursive: true });
    writeFileSync(join(root, '.steadfast'), '');
    expect(await seenBy(runsFolderLook(root))).toMatchObject({ status: 'fail' });
  });

  it.each([
    [50, 'fail'],
    [500, 'warn'],
    [5_000, 'ok'],
  ])('need room: %i MiB', async (mib, status) => {
    expect(await seenBy(diskLook(folder(), async () => mib * 2 ** 20))).toMatchObject({ status });
  });

  it('are measured where runs would be written', async () => {
    expect((await seenBy(diskLook(folder()))).seen).toMatch(/^\d+ MiB are free where runs are written$/);
  });

  it('for temporary files are this user’s alone', async () => {
    const registry = join(folder(), 'registry');
    expect(await seenBy(temporaryFolderLook(registry))).toMatchObject({
      status: 'ok',
      seen: holding(tmpdir()),
    });
    mkdirSync(registry, { mode: 0o700 });
    expect(await seenBy(temporaryFolderLook(registry))).toMatchObject({
      status: 'ok',
      seen: holding('alone'),
    });
    chmodSync(registry, 0o777);
    expect(await seenBy(temporaryFolderLook(registry))).toMatchObject({ status: 'fail' });
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(await seenBy(temporaryFolderLook(join(file, 'registry')))).toMatchObject({ status: 'fail' });
  });
});

describe('loopback', () => {
  it('can be listened on, or not', async () => {
    expect(await seenBy(loopbackLook())).toMatchObject({ status: 'ok' });
    // An address of the documentation (RFC 5737), which no machine has.
    expect(await seenBy(loopbackLook('192.0.2.1'))).toMatchObject({
      status: 'fail',
      seen: holding('192.0.2.1'),
    });
  });
});

describe('what died before', () => {
  const token = '11111111-1111-4111-8111-111111111111';
  const gone = { pid: 2 ** 22 - 1, startedAt: 'long ago' };

  it('is told with the processes that are left of it', async () => {
    const registry = folder();
    expect(await seenBy(leftProcessesLook(join(registry, 'nowhere')))).toMatchObject({ status: 'ok' });
    expect(await seenBy(leftProcessesLook(registry))).toMatchObject({ status: 'ok' });
    const record = join(registry, `${token}.ndjson`);
    writeFileSync(record, `${JSON.stringify({ token, owner: gone })}\n${JSON.stringify(gone)}\n`);
    expect(await seenBy(leftProcessesLook(registry))).toMatchObject({
      status: 'warn',
      seen: holding('1 rehearsal was killed'),
    });
    const { startTimeOf } = await import('../../../../lib/lab/processes/start-time.ts');
    const here = { pid: process.ppid, startedAt: startTimeOf(process.ppid) };
    writeFileSync(record, `${JSON.stringify({ token, owner: gone })}\n${JSON.stringify(here)}\n`);
    expect(await seenBy(leftProcessesLook(registry))).toMatchObject({
      status: 'warn',
      seen: `1 process of rehearsals that were killed still run: ${process.ppid}`,
    });
  });

  it('is told by folders of runs that never came to a journal, once they are old', async () => {
    const root = folder();
    const look = () => seenBy(leftRunsLook(root, () => Date.now()));
    expect(await look()).toMatchObject({ status: 'ok', seen: 'no run was written here yet' });
    const runs = join(root, '.steadfast', 'runs');
    mkdirSync(join(runs, 'dead'), { recursive: true });
    mkdirSync(join(runs, 'whole'));
    writeFileSync(join(runs, 'whole', 'journal.json'), '{}');
    writeFileSync(join(runs, 'a-file'), '');
    expect(await look()).toMatchObject({ status: 'ok', seen: '2 runs' });
    utimesSync(join(runs, 'dead'), new Date(0), new Date(0));
    expect(await look()).toMatchObject({ status: 'warn', seen: holding('dead') });
  });
});
