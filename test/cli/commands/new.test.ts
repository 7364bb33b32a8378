import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { main } from '../../../lib/cli/main.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { shopLab, slowDatabase, staging } from '../../plan/examples.ts';
import { richStaging } from '../../recipes/examples.ts';
import { expectDocumentOf } from '../documents/expect-document.ts';

const shop = {
  'experiments/slow-database.json': {
    ...slowDatabase,
    environments: { staging: { schedule: 'rate(1 day)' }, production: {} },
  },
  'experiments/environments/staging.json': richStaging,
  'experiments/environments/production.json': { ...richStaging, id: 'production', production: true },
  'experiments/labs/shop.json': shopLab,
};

/** What the command prints in a folder, and its exit code. */
async function steadfast(cwd: string, ...words: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 80, rows: 24 })];
  const io = { cwd, stdout, stderr, isTerminal: false, stdoutColours: false, stderrColours: false };
  const code = await main(words, io, '0.0.0');
  stdout.end();
  stderr.end();
  const out = await text(stdout);
  expectDocumentOf(words, out);
  return { code, out, err: await text(stderr) };
}

const readJson = (out: string) =>
  z
    .looseObject({
      written: z.string().optional(),
      experiment: z.record(z.string(), z.unknown()).optional(),
      proposals: z.array(
        z.looseObject({ recipe: z.string(), service: z.string(), testedBy: z.array(z.string()) }),
      ),
    })
    .parse(JSON.parse(out));

describe('steadfast new', () => {
  it('writes what no experiment tests yet, tells what else there is, and what to do next', async () => {
    const root = temporaryProject(shop);
    const { code, out, err } = await steadfast(root, 'new', '--for', 'shop');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('experiments/slow-cache-for-shop.ts: A slow cache does not slow shop');
    expect(out).toContain('It breaks its link to cache, slow (shop).');
    expect(out).toMatch(/shop: half of its tasks +npx steadfast new --from half-the-tasks --for shop/);
    expect(out).not.toContain('Tested already');
    expect(out).toMatch(/Next: {3}npx steadfast check slow-cache-for-shop\n$/);
    expect((await steadfast(root, 'check')).code).toBe(0);
  });

  it('suggests to rehearse what a lab can play', async () => {
    const root = temporaryProject(shop);
    const { out } = await steadfast(root, 'new', '--from', 'half-the-tasks');
    expect(out).toMatch(/Next: {3}npx steadfast rehearse half-of-shop\n$/);
  });

  it('writes each thing that it proposes so that check accepts all of them together', async () => {
    const root = temporaryProject(shop);
    const { proposals } = readJson((await steadfast(root, 'new', '--list', '--json')).out);
    expect(proposals.length).toBeGreaterThan(10);
    for (const { recipe, service } of proposals) {
      const { code, err } = await steadfast(root, 'new', '--from', recipe, '--for', service);
      expect([code, err]).toEqual([0, '']);
    }
    const { code, out } = await steadfast(root, 'check');
    expect(out).toContain('fine:');
    expect(code).toBe(0);
  });

  it('lists what could be broken, untested things first', async () => {
    const { code, out } = await steadfast(temporaryProject(shop), 'new', '--list', '--for', 'shop');
    expect(code).toBe(0);
    expect(out).toMatch(/^No experiment tests this yet:\n/);
    expect(out).toMatch(/Tested already:\n {2}shop: its link to database, slow +by slow-database\n$/);
  });

  it('prints one document', async () => {
    const root = temporaryProject(shop);
    const { written, experiment, proposals } = readJson(
      (await steadfast(root, 'new', '--from', 'half-the-tasks', '--id', 'fewer', '--json')).out,
    );
    expect(written).toBe('experiments/fewer.ts');
    expect(experiment).toMatchObject({ id: 'fewer', lab: 'shop', environments: { staging: {} } });
    expect(proposals.map(({ recipe }) => recipe)).not.toContain('half-the-tasks');
    expect(readFileSync(join(root, 'experiments/fewer.ts'), 'utf8')).toContain("id: 'fewer'");
  });

  it('copies an experiment without its schedule and without production', async () => {
    const root = temporaryProject(shop);
    const { experiment } = readJson((await steadfast(root, 'new', '--from', 'slow-database', '--json')).out);
    expect(experiment).toMatchObject({
      id: 'slow-database-copy',
      title: slowDatabase.title,
      environments: { staging: {} },
    });
    const again = readJson(
      (await steadfast(root, 'new', '--from', 'slow-database', '--for', 'shop', '--json')).out,
    );
    expect(again.experiment).toMatchObject({
      id: 'slow-database-shop',
      faults: { slow: { selector: { service: 'shop' } } },
    });
    expect((await steadfast(root, 'check')).code).toBe(0);
  });

  it.each([
    [
      ['--from', 'slow-databse'],
      "no recipe and no experiment 'slow-databse'",
      "did you mean 'slow-database'?",
    ],
    [['--from', 'everything'], "no recipe and no experiment 'everything'", 'recipes are: slow-dependency,'],
    [['--for', 'shp'], "no environment and no lab has a service 'shp'", "did you mean 'shop'?"],
    [['--list', '--for', 'mainframe'], "has a service 'mainframe'", 'there are: shop, database,'],
    [
      ['--from', 'pods-deleted'],
      "nothing in this project can be broken by 'pods-deleted'",
      'say in an environment',
    ],
    [
      ['--from', 'pods-deleted', '--for', 'shop'],
      "the service 'shop' has nothing that 'pods-deleted' could break",
      'or name another service: database, cache, table',
    ],
    [['--id', 'Two Words'], "'Two Words' is no id", ''],
    [['--id', 'slow-database'], "'slow-database' is the id of an experiment already", 'choose another --id'],
    [
      ['--from', 'slow-database', '--for', 'database'],
      "no lab and no environment but production can run a copy of 'slow-database' for 'database'",
      "the service 'database' has nothing of type aws:ecs:task",
    ],
  ])('refuses %j with what is wrong and how to mend it, and writes nothing', async (words, message, hint) => {
    const root = temporaryProject(shop);
    const { code, out, err } = await steadfast(root, 'new', ...words);
    expect([code, out]).toEqual([4, '']);
    expect(err).toContain(message);
    expect(err).toContain(hint);
    expect((await steadfast(root, 'list', '--json')).out).toContain('"slow-database"');
    expect(JSON.parse((await steadfast(root, 'list', '--json')).out)).toMatchObject({
      experiments: [{ id: 'slow-database' }],
    });
  });

  it('has nothing to go by in a project without environments and labs', async () => {
    const { code, err } = await steadfast(temporaryProject({}), 'new');
    expect(code).toBe(4);
    expect(err).toContain('no environment and no lab names a service');
    expect(err).toContain('steadfast init');
  });

  it('overwrites no file, and says so of one that cannot be written', async () => {
    const root = temporaryProject({ ...shop, 'experiments/half-of-shop.ts': '// mine\n' });
    const there = await steadfast(root, 'new', '--from', 'half-the-tasks');
    expect(there.code).toBe(4);
    expect(there.err).toContain('experiments/half-of-shop.ts is there already');
    expect(readFileSync(join(root, 'experiments/half-of-shop.ts'), 'utf8')).toBe('// mine\n');
  });

  it('names what keeps it from running where nothing can run it', async () => {
    const root = temporaryProject({
      'experiments/environments/staging.json': {
        ...staging,
        services: { shop: { ...staging.services.shop, uses: ['database'] }, database: {} },
      },
    });
    const { code, err } = await steadfast(root, 'new', '--from', 'slow-dependency');
    expect(code).toBe(4);
    expect(err).toContain("no lab and no environment but production can run 'slow-dependency' for 'shop'");
    expect(err).toContain("the service 'database' has no host");
  });
});
