import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../lib/experiment/verdict.ts';
import { commandHere } from '../cli/command-here.ts';
import { asGreetings, slowDatabase, slowDatabaseFile } from '../cli/foreign/slow-database.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { changed } from '../definitions/told.ts';
import { containing, matching } from '../fakes/matching.ts';
import { isLong } from '../setup.ts';
import { inJson } from './command.ts';
import { greetings, greetingsProject, journalIn } from './greetings.ts';

const canary = 'c4n4ry-of-a-secret';

const provider = ['steady-state-hypothesis', 'probes', 0, 'provider'] as const;

/** The experiment of another tool with secrets wherever it may have some. */
const withSecrets = (
  [
    [[...provider, 'headers'], { Authorization: `Bearer ${canary}-1`, 'X-Api-Key': `$${'{apiKey}'}` }],
    [[...provider, 'url'], `https://team:${canary}-2@api.myapp.com/products?access_token=${canary}-3`],
    [['configuration'], { apiKey: { type: 'env', key: 'KEY', default: `${canary}-4` } }],
    [['secrets'], { shop: { apiKey: `${canary}-5` } }],
  ] as const
).reduce<unknown>((whole, [path, value]) => changed(whole, path, value), slowDatabase);

/** Everything that was written below a folder, as one text. */
const writtenIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe('an experiment of Chaos Toolkit', () => {
  it('is rehearsed as it stands, and its journal says what was made of it', async () => {
    // Two minutes in four seconds: enough to tell 1 % of errors on a busy machine, and not much longer than it must be.
    const lab = { ...greetings, pace: 1 / 32 };
    const project = commandHere({ ...greetingsProject({ lab }), 'chaos/slow.json': slowDatabase });
    const { code, stdout, stderr } = await project.run(
      'rehearse',
      'chaos/slow.json',
      ...asGreetings,
      '--seed',
      '7',
      '--out',
      'run',
      '--json',
    );
    const journal = journalIn(join(project.root, 'run'));
    expect(inJson(stdout)).toEqual(journal);
    // How quickly it recovers is for a machine that has nothing else to do.
    expect(['held', 'inconclusive', 'unrecovered']).toContain(journal.verdict);
    expect(code).toBe(exitCodes[journal.verdict]);
    expect(journal).toMatchObject({
      seed: 7,
      environment: { id: 'greetings' },
      experiment: {
        title: 'Slow database response causes graceful degradation',
        importedFrom: {
          file: 'chaos/slow.json',
          format: 'chaos-toolkit',
          open: [{ path: 'owner' }],
          refused: [],
        },
      },
      stages: [
        {
          faults: [
            {
              action: 'aws:ecs:task-network-latency',
              parameters: { delayMilliseconds: '500', sources: 'names' },
            },
          ],
          bite: [{ bit: true }],
        },
      ],
    });
    expect(stderr.indexOf("api.myapp.com is the service 'greeter' here")).toBeGreaterThan(-1);
    expect(stderr.indexOf("api.myapp.com is the service 'greeter' here")).toBeLessThan(
      stderr.indexOf('The lab greetings is starting'),
    );
    expect(readFileSync(join(project.root, 'run', 'report.html'), 'utf8')).toContain(
      'Taken in from another tool',
    );
    const exported = await project.run('export', '--chaos-toolkit', 'run');
    expect(inJson(exported.stdout, 'x-steadfast', 'importedFrom', 'file')).toBe('chaos/slow.json');
  });

  it('is rejected where nothing says what its host is, with its record, and no secret of it anywhere', async () => {
    const project = commandHere({ ...greetingsProject(), 'slow.json': withSecrets });
    const { code, stdout, stderr } = await project.run(
      'rehearse',
      'slow.json',
      '--map',
      'postgres=names',
      '--out',
      'run',
    );
    expect(code).toBe(4);
    expect(journalIn(join(project.root, 'run'))).toMatchObject({
      verdict: 'rejected',
      findings: [{ rejection: 'invalid', message: containing('nothing says which service') }],
      experiment: { definition: { lab: 'greetings' }, importedFrom: { format: 'chaos-toolkit' } },
    });
    expect(stdout).toContain(
      'rejected: nothing says which service of the lab greetings the host api.myapp.com is.',
    );
    expect(stdout).toContain('--map api.myapp.com=SERVICE');
    expect(stdout).toMatch(/Next: .*npx steadfast rehearse slow\.json --map postgres=names\n/);
    expect(stdout + stderr + writtenIn(join(project.root, 'run'))).not.toContain(canary);
  });

  it('is rejected where nothing safe comes of it, also for pipelines', async () => {
    const project = commandHere({
      ...greetingsProject(),
      'slow.json': changed(withSecrets, ['method'], []),
    });
    const { code, stdout, stderr } = await project.run(
      'rehearse',
      'slow.json',
      ...asGreetings,
      '--junit',
      'junit.xml',
      '--json',
    );
    expect([code, inJson(stdout, 'experiment', 'definition'), inJson(stdout, 'verdict')]).toEqual([
      4,
      null,
      'rejected',
    ]);
    expect(inJson(stdout, 'findings', 0, 'message')).toEqual(matching(/^slow\.json method: no action/));
    const junit = readFileSync(join(project.root, 'junit.xml'), 'utf8');
    expect(junit).toContain('no action of the method');
    expect(stdout + stderr + junit).not.toContain(canary);
    const [run = ''] = readdirSync(join(project.root, '.steadfast', 'runs'));
    const judged = await project.run('judge', `.steadfast/runs/${run}/journal.json`);
    expect([judged.code, judged.stderr]).toEqual([
      4,
      containing('holds no definition: none came of slow.json'),
    ]);
    const again = await project.run('rehearse', 'slow.json', '--repeat', '2');
    expect(again.stderr).toContain('slow.json cannot be rehearsed');
  });

  it('is rejected where a secret of it is not set here: its own is never taken over', async () => {
    const project = commandHere({ ...greetingsProject(), 'slow.json': withSecrets });
    const { code, stdout, stderr } = await project.run(
      'rehearse',
      'slow.json',
      ...asGreetings,
      '--out',
      'run',
    );
    expect([code, stdout]).toEqual([
      4,
      matching(/rejected: the secret '[\w-]+' is not set, which steadyState\.homepage-\S+ asks for/),
    ]);
    expect(stdout + stderr + writtenIn(join(project.root, 'run'))).not.toContain(canary);
  });

  it('is rehearsed in processes of its own where it is rehearsed again and again', async () => {
    const lab = changed(greetings, ['services', 'names', 'command'], ['no-such-program']);
    const project = commandHere({ ...greetingsProject({ lab }), 'slow.json': slowDatabase });
    const { code, stdout, stderr } = await project.run(
      'rehearse',
      'slow.json',
      ...asGreetings,
      '--repeat',
      '1',
      '--out',
      'run',
    );
    expect([code, stdout]).toEqual([4, containing('rejected')]);
    expect(stderr).toContain("'postgres' is the link from 'greeter' to 'names' here, as --map says");
    expect(journalIn(join(project.root, 'run', 'slow-database-response-causes-graceful', '1'))).toMatchObject(
      {
        findings: [{ rejection: 'lab' }],
        experiment: { importedFrom: { file: 'slow.json' } },
      },
    );
  });

  it.runIf(isLong)('is rehearsed against the shop without a word more than its file', async () => {
    const root = join(import.meta.dirname, '..', '..');
    const out = join(temporaryProject({}), 'run');
    const { stderr } = await promisify(execFile)(
      process.execPath,
      [join(root, 'bin', 'steadfast.js'), 'rehearse', slowDatabaseFile, '--out', out],
      { cwd: root },
    );
    expect(stderr).toContain("api.myapp.com is the service 'shop' here");
    expect(stderr).toContain("'postgres' is the link from 'shop' to 'database' here");
    expect(journalIn(out)).toMatchObject({
      verdict: 'held',
      environment: { id: 'shop' },
      stages: [{ bite: [{ bit: true }] }],
      experiment: { importedFrom: { file: 'examples/chaos-toolkit/slow-database.json' } },
    });
  });
});
