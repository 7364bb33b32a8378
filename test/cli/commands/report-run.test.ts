import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportCompareCommand } from '../../../lib/cli/commands/report-compare.ts';
import { reportRunCommand } from '../../../lib/cli/commands/report-run.ts';
import { main } from '../../../lib/cli/main.ts';
import { comparisonSchema } from '../../../lib/report/compare/comparison-schema.ts';
import { journalSchema } from '../../../lib/run/journal.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { richStaging } from '../../recipes/examples.ts';
import { deviatedJournal, heldJournal } from '../../report/journal-fixture.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

const second = { ...heldJournal(), runId: 'second' };
const files = {
  'experiments/environments/staging.json': richStaging,
  '.steadfast/runs/first/journal.json': heldJournal(),
  '.steadfast/runs/second/journal.json': second,
  '.steadfast/runs/interrupted/logs/shop.log': '',
  'elsewhere/third/journal.json': { ...heldJournal(), runId: 'third' },
  'elsewhere/other/journal.json': deviatedJournal(),
  'elsewhere/newer/journal.json': { ...heldJournal(), schemaVersion: 7 },
  'elsewhere/torn/journal.json': '{"schemaVersion": 1',
};

function setUp() {
  const root = temporaryProject(files);
  const captured = capturedIo(root);
  const fake = createFakeOutside({ account: richStaging.account });
  return {
    root,
    fake,
    ...captured,
    run: (run: string, flags: Parameters<typeof reportRunCommand>[2] = {}) =>
      reportRunCommand(captured.io, run, flags, fake.outside),
    compare: (before: string, after: string, flags: Parameters<typeof reportRunCommand>[2] = {}) =>
      reportCompareCommand(captured.io, before, after, flags, fake.outside),
  };
}

describe('report run', () => {
  it.each(['first', '.steadfast/runs/first', '.steadfast/runs/first/journal.json'])(
    'tells the run %s as text',
    async (named) => {
      const { run, out } = setUp();
      expect(await run(named)).toBe(0);
      expect(out()).toMatch(/^held: Products came within 250 ms/);
    },
  );

  it('writes a page and Markdown, makes their folder, and says so where results do not go', async () => {
    const { root, run, out, err } = setUp();
    expect(await run('other', { runs: 'elsewhere', html: 'a/b/run.html', markdown: 'run.md' })).toBe(0);
    expect(readFileSync(join(root, 'a/b/run.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(readFileSync(join(root, 'run.md'), 'utf8')).toMatch(/^## ❌ \*\*deviated\*\*.*\n/);
    expect(out()).not.toContain('Wrote');
    expect(err()).toBe('Wrote a/b/run.html\nWrote run.md\n');
  });

  it('prints the journal as one document', async () => {
    const { run, out } = setUp();
    await run('first', { json: true });
    expectDocument('report run', out());
    expect(journalSchema.parse(JSON.parse(out()))).toEqual(heldJournal());
  });

  it('reads a run of an environment, and says where one has no journal', async () => {
    const { run, out, fake } = setUp();
    fake.bucket.objects.set(
      'runs/in-aws/journal.json',
      JSON.stringify({ ...heldJournal(), runId: 'in-aws' }),
    );
    expect(await run('in-aws', { env: 'staging', json: true })).toBe(0);
    expect(JSON.parse(out())).toMatchObject({ runId: 'in-aws' });
    await expect(run('gone', { env: 'staging' })).rejects.toMatchObject({
      code: 'unknown-id',
      message: "there is no journal of a run 'gone' in staging",
    });
  });

  it('refuses what is no run, each with how to go on', async () => {
    const { run } = setUp();
    await expect(run('nowhere')).rejects.toMatchObject({
      code: 'unknown-id',
      hint: expect.stringContaining('--env') as string,
    });
    await expect(run('nowhere', { runs: 'elsewhere', env: 'staging' })).rejects.toMatchObject({
      code: 'unknown-id',
    });
    await expect(run('interrupted')).rejects.toMatchObject({
      code: 'unknown-id',
      message: expect.stringMatching(/interrupted holds no journal\.json$/) as string,
    });
    await expect(run('elsewhere/torn')).rejects.toMatchObject({
      code: 'invalid',
      message: 'elsewhere/torn/journal.json is no journal that can be read',
    });
    await expect(run('elsewhere/newer')).rejects.toMatchObject({
      code: 'invalid',
      message: 'elsewhere/newer/journal.json is a journal of version 7, and this Steadfast reads version 1',
    });
  });

  it('leaves nothing where a file cannot be written', async () => {
    const { root, run, out } = setUp();
    mkdirSync(join(root, 'taken'));
    await expect(run('first', { html: 'taken' })).rejects.toMatchObject({
      code: 'cannot-begin',
      message: expect.stringMatching(/^taken cannot be written: /) as string,
    });
    expect(out()).toBe('');
  });
});

describe('report compare', () => {
  it('tells what changed between two runs, in every form', async () => {
    const { root, compare, out } = setUp();
    expect(await compare('first', 'elsewhere/third', { html: 'c.html', markdown: 'c.md' })).toBe(0);
    expect(out()).toMatch(/^no change shown: Of \d+ figures/);
    expect(readFileSync(join(root, 'c.html'), 'utf8')).toContain('no change shown');
    expect(readFileSync(join(root, 'c.md'), 'utf8')).toMatch(/^## no change shown: /);
  });

  it('prints the comparison as a document of its schema', async () => {
    const { compare, out } = setUp();
    await compare('first', 'second', { json: true });
    expectDocument('report compare', out());
    expect(comparisonSchema.parse(JSON.parse(out()))).toMatchObject({
      before: { runId: heldJournal().runId },
      after: { runId: 'second' },
    });
  });

  it('refuses runs of different experiments with 4, and says why', async () => {
    const { io, err } = setUp();
    const words = ['report', 'compare', 'first', 'elsewhere/other'];
    expect(await main(words, io, '0.0.0')).toBe(4);
    expect(err()).toContain("the first run is of 'slow-database', the second of 'stale-cache'");
  });

  it('is reached by its words', async () => {
    const { io, out } = setUp();
    expect(await main(['report', 'run', 'first'], io, '0.0.0')).toBe(0);
    expect(await main(['report', 'compare', 'first', 'second'], io, '0.0.0')).toBe(0);
    expect(out()).toContain('no change shown');
  });
});
