import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { firstProject } from '../../lib/cli/init/first-project.ts';
import { containing, matching, withFields } from '../fakes/matching.ts';
import { shopLab, slowDatabase, staging } from '../plan/examples.ts';
import { commandProject, inJson } from './command.ts';

const shop = {
  'experiments/slow.yaml': stringify(slowDatabase),
  'experiments/environments/staging.json': staging,
  'experiments/environments/production.json': { ...staging, id: 'production', production: true },
  'experiments/labs/shop.json': shopLab,
};

/** The same, whose steady state would notice what fails. */
const noticing = {
  ...shop,
  'experiments/slow.yaml': stringify({
    ...slowDatabase,
    steadyState: {
      ...slowDatabase.steadyState,
      freshness: {
        http: { service: 'shop', path: '/products', ageOf: '$.readAt' },
        tolerances: { age: { below: '2s', missedFor: '1s' } },
      },
    },
  }),
};

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('wrong usage', () => {
  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [['lst'], /Did you mean list\?/],
    [['check', '--colour'], /unknown option '--colour'/],
    [['list', 'everything'], /too many arguments/],
    [['rehearse'], /missing required argument 'experiment'/],
    [['rehearse', 'x', '--seed', '1.5'], /must be a whole number from 0 to 4294967295/],
    [['rehearse', 'x', '--out'], /argument missing/],
  ])('%j is 64, and says what is wrong', async (words, message) => {
    const { code, stdout, stderr } = await commandProject().run(...words);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('--help');
  });

  it('is told as one JSON document where that was asked for', async () => {
    const { code, stdout } = await commandProject().run('check', '--json', '--colour');
    expect(code).toBe(64);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
  });
});

describe('help', () => {
  it.each([
    ['--help'],
    ['-h'],
    ['help'],
    ['help', 'check'],
    ['rehearse', '--help'],
    ['check', '--help'],
    ['list', '--help'],
    ['init', '--help'],
  ])('of %s %s is on stdout, with an example', async (...words) => {
    const { code, stdout, stderr } = await commandProject().run(...words);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: steadfast/);
    expect(stdout).toContain('Examples:');
  });

  it('is where a command without words leads', async () => {
    const { code, stdout, stderr } = await commandProject().run();
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^Usage: steadfast/);
  });

  it('has the version beside it', async () => {
    expect(lines((await commandProject().run('--version')).stdout)).toEqual([matching(/^\d+\.\d+\.\d+$/)]);
  });
});

describe('steadfast list', () => {
  it('lists what there is, for people and as JSON', async () => {
    const project = commandProject(shop);
    const text = await project.run('list');
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toContain(
      'slow-database  A slow database does not slow the shop  lab shop, staging, production',
    );
    const json = await project.run('list', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      experiments: [
        {
          id: 'slow-database',
          file: 'experiments/slow.yaml',
          lab: 'shop',
          environments: [{ id: 'staging', schedule: null }, { id: 'production' }],
        },
      ],
      environments: [
        { id: 'production', production: true },
        { id: 'staging', account: '111111111111' },
      ],
      labs: [{ id: 'shop', title: null }],
      problems: 0,
    });
  });

  it('says where definitions are missing from it, and lists nothing where there is nothing', async () => {
    const broken = await commandProject({ ...shop, 'experiments/b.json': '{' }).run('list');
    expect([broken.code, lines(broken.stdout).at(-1)]).toEqual([
      0,
      '1 problem keeps definitions out of this list: steadfast check',
    ]);
    expect((await commandProject().run('list')).stdout).toContain('none');
  });
});

describe('steadfast check', () => {
  it('is 0 for what is right, by any name, from any folder of the project', async () => {
    const project = commandProject(noticing);
    for (const words of [
      [],
      ['slow-database'],
      ['staging', 'shop'],
      ['experiments/slow.yaml'],
      ['./experiments/labs/shop.json'],
    ])
      expect(await project.run('check', ...words)).toMatchObject({
        code: 0,
        stderr: '',
        stdout: matching(/^fine: \d definitions? checked\n$/),
      });
    const json = await project.run('check', '--json');
    expect(JSON.parse(json.stdout)).toEqual({
      ok: true,
      checked: ['slow-database', 'production', 'staging', 'shop'],
      problems: [],
    });
  });

  it('is 4 with every problem, its file, line, path and how to mend it', async () => {
    const experiment = stringify(slowDatabase)
      .replace('objective: 60s', 'objectiv: 60s')
      .replace('lab: shop', 'lab: shpo')
      .replace('duration: 2m', 'duration: 2');
    const line = lines(experiment).findIndex((text) => text.endsWith('duration: 2')) + 1;
    const project = commandProject({ ...shop, 'experiments/slow.yaml': experiment });
    const text = await project.run('check', 'slow-database');
    expect(text.code).toBe(4);
    expect(text.stdout).toContain(
      ` experiments/slow.yaml:${line}  stages[0].duration\n       2 is no duration`,
    );
    expect(lines(text.stdout).at(-1)).toBe('3 problems: 1 definition checked');
    const json = (await project.run('check', '--json')).stdout;
    expect(inJson(json, 'ok')).toBe(false);
    expect(inJson(json, 'problems')).toEqual([
      withFields({
        severity: 'error',
        path: ['stages', 0, 'duration'],
        file: matching(/slow\.yaml$/),
        line,
      }),
      withFields({
        code: 'unknown-key',
        path: ['recovery', 'objectiv'],
        hint: "did you mean 'objective'?",
      }),
      withFields({ code: 'unknown-name', path: ['lab'], hint: "did you mean 'shop'?" }),
    ]);
  });

  it('tells what is wrong with a lab that fits its schema, too', async () => {
    const lab = { ...shopLab, services: { ...shopLab.services, far: { url: 'http://example.com' } } };
    const project = commandProject({ ...shop, 'experiments/labs/shop.json': lab });
    for (const words of [[], ['shop'], ['experiments/labs/shop.json']]) {
      const { code, stdout } = await project.run('check', ...words);
      expect(code).toBe(4);
      expect(stdout).toMatch(
        /labs\/shop\.json:\d+ {2}services\.far\.url\n.*a rehearsal never leaves this machine/,
      );
    }
  });

  it('is 0 where a steady state could not notice the fault, and says what to add', async () => {
    const project = commandProject(shop);
    const { code, stdout } = await project.run('check');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^note {3}experiments\/slow\.yaml:\d+ {2}steadyState\.products\n.*how old an answer is/,
    );
    expect(lines(stdout).at(-1)).toBe('fine: 4 definitions checked');
    const json = await project.run('check', 'slow-database', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      problems: [{ severity: 'note', code: 'no-freshness', path: ['steadyState', 'products'] }],
    });
  });

  it('is 0 where a lab only cannot play a name, and notes it', async () => {
    const lab = {
      ...shopLab,
      services: { ...shopLab.services, bank: { notRehearsable: 'there is only one' } },
    };
    const { environments: _, ...rehearsed } = slowDatabase;
    const faults = { slow: { ...slowDatabase.faults.slow, parameters: { delay: '1s', to: ['bank'] } } };
    const files = { 'experiments/slow.json': { ...rehearsed, faults }, 'experiments/labs/shop.json': lab };
    const { code, stdout } = await commandProject(files).run('check');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^note .*\n.*cannot play the service 'bank': there is only one/);
    expect(lines(stdout).at(-1)).toMatch(/^fine: 2 definitions/);
  });

  it('is 4 for an id or file that is not there, with what was meant', async () => {
    const project = commandProject(shop);
    expect((await project.run('check', 'slow-databas')).stdout).toContain(
      "there is no definition 'slow-databas'\n       did you mean 'slow-database'?",
    );
    const { code, stdout } = await project.run(
      'check',
      'experiments/gone.yaml',
      'notes.txt',
      './experiments',
    );
    expect(code).toBe(4);
    expect(stdout).toContain('there is no file experiments/gone.yaml');
    expect(stdout).toContain("there is no definition 'notes.txt'");
    expect(stdout).toContain('is no definition: its name ends in none of');
  });

  it('is 4 where there is nothing to check, and says how to begin', async () => {
    const { code, stdout } = await commandProject().run('check');
    expect(code).toBe(4);
    expect(stdout).toContain('steadfast init writes a first one');
  });
});

describe('steadfast init', () => {
  it('makes a project that check accepts, in an empty folder or a new one', async () => {
    const project = commandProject();
    const { code, stdout } = await project.run('init', 'first', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      root: join(project.root, 'first'),
      written: [...Object.keys(firstProject), 'cdk.json', 'app.mjs', 'package.json', '.gitignore'],
    });
    expect((await project.run('check', 'first/experiments/slow-names.ts')).code).toBe(0);
    expect(await project.run('init')).toMatchObject({
      code: 0,
      stdout: matching(
        /\nNext: {3}npx steadfast rehearse slow-names\nThen: {3}npx cdk synth -c env=sandbox\n$/,
      ),
    });
    expect(await project.run('check')).toMatchObject({ code: 0, stdout: 'fine: 3 definitions checked\n' });
  });

  it('overwrites nothing, and writes nothing where something is in the way', async () => {
    const project = commandProject({
      'package.json': '{"name":"mine"}',
      'experiments/slow-names.ts': 'mine',
    });
    const { code, stderr } = await project.run('init');
    expect(code).toBe(4);
    expect(stderr).toContain('experiments/slow-names.ts is there already, and nothing is overwritten');
    expect(readdirSync(join(project.root, 'experiments'))).toEqual(['slow-names.ts']);
    expect(readFileSync(join(project.root, 'package.json'), 'utf8')).toBe('{"name":"mine"}');
    writeFileSync(join(project.root, 'file'), '');
    expect(await project.run('init', 'file/below')).toMatchObject({
      code: 4,
      stderr: containing('cannot be written'),
    });
  });

  it('keeps the package.json that is there', async () => {
    const project = commandProject({ 'package.json': '{"type":"commonjs"}' });
    expect((await project.run('init')).code).toBe(0);
    expect(readFileSync(join(project.root, 'package.json'), 'utf8')).toBe('{"type":"commonjs"}');
    expect(await project.run('check')).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves a CDK app as it is, and says what to add to it', async () => {
    const project = commandProject({ 'cdk.json': '{"app":"node mine.js"}', 'mine.js': '' });
    const { code, stdout } = await project.run('init');
    expect([code, stdout]).toEqual([0, matching(/\nThen: {3}.*await addSteadfast\(app\)\n$/)]);
    expect(readFileSync(join(project.root, 'cdk.json'), 'utf8')).toBe('{"app":"node mine.js"}');
    expect(existsSync(join(project.root, 'app.mjs'))).toBe(false);
  });

  it('does not overwrite a file that has the name of its CDK app', async () => {
    const project = commandProject({ 'app.mjs': 'mine' });
    const { code, stderr } = await project.run('init');
    expect([code, stderr]).toEqual([4, containing('app.mjs is there already, and nothing is overwritten')]);
    expect(existsSync(join(project.root, 'cdk.json'))).toBe(false);
  });
});
