import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOfExperimentKey } from '../../../lib/aws/table-keys.ts';
import { gateCommand } from '../../../lib/cli/commands/gate.ts';
import { hashOf } from '../../../lib/plan/hash.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { shopLab, slowDatabase } from '../../plan/examples.ts';
import { richStaging } from '../../recipes/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { commandHere } from '../command-here.ts';
import { expectDocument } from '../documents/expect-document.ts';

const definition = { ...slowDatabase, environments: { staging: {} } };
const project = {
  'experiments/slow-database.json': definition,
  'experiments/environments/staging.json': richStaging,
  'experiments/labs/shop.json': shopLab,
};
const hash = hashOf(definition);
const daysAgo = (days: number) => new Date(createVirtualClock().now() - days * 86_400_000).toISOString();

/** Asks about a service whose one experiment ran so many days ago. */
async function asked(days: number | undefined, flags: Partial<Parameters<typeof gateCommand>[1]> = {}) {
  const fake = createFakeOutside({ account: richStaging.account });
  if (days !== undefined) {
    const start = daysAgo(days);
    fake.table.put({
      ...runOfExperimentKey('slow-database', start, 'run-1'),
      runId: 'run-1',
      experiment: 'slow-database',
      environment: 'staging',
      verdict: 'held',
      summary: 'All was met.',
      start,
      end: start,
      hash,
      services: ['shop'],
    });
  }
  const { io, out } = capturedIo(temporaryProject(project));
  const code = await gateCommand(
    io,
    { service: 'shop', env: 'staging', maxAge: '30d', ...flags },
    fake.outside,
  );
  return { code, out: out() };
}

describe('gate', () => {
  it('is 0 where the service held in the environment, and says by which run', async () => {
    expect(await asked(3)).toEqual({
      code: 0,
      out: `open: all that is tried on shop in staging held\n  slow-database  held, ${daysAgo(3)}, run-1\n`,
    });
  });

  it.each([
    [40, 'its last run that held ended 40 days ago'],
    [undefined, 'there is no run of it in full'],
  ])('is 4 with what to run where the last run is %s days old', async (days, reason) => {
    const { code, out } = await asked(days);
    expect(code).toBe(4);
    expect(out).toContain('closed: the record of shop in staging is not good enough to deploy on\n');
    expect(out).toContain(`  slow-database: ${reason}`);
    expect(out).toContain('\n    npx steadfast run slow-database --env staging\n');
  });

  it('prints one document where JSON is asked for, by the age that is given', async () => {
    const { code, out } = await asked(3, { maxAge: '2d', json: true });
    expectDocument('gate', out);
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      service: 'shop',
      environment: 'staging',
      maxAge: '2d',
      open: false,
      reasons: [{ experiment: 'slow-database' }],
      experiments: [{ experiment: 'slow-database', last: { runId: 'run-1' } }],
    });
  });

  it.each([
    [{ service: 'shpo' }, { code: 'unknown-id', hint: "did you mean 'shop'?" }],
    [{ service: 'zzz' }, { code: 'unknown-id', message: "the environment 'staging' has no service 'zzz'" }],
    [
      { service: 'zzz', env: undefined },
      { code: 'unknown-id', message: "no lab has a service 'zzz'" },
    ],
    [{ env: 'stagign' }, { code: 'unknown-id' }],
    [{ maxAge: '30 days' }, { code: 'usage' }],
    [{ maxAge: '0s' }, { code: 'usage' }],
  ])('is refused with %j', async (flags, refusal) => {
    await expect(asked(1, flags)).rejects.toMatchObject(refusal);
  });

  it('without an environment asks the rehearsals here, and is closed by a record that cannot be read', async () => {
    const root = temporaryProject(project);
    const keep = (run: string, text: string) => {
      mkdirSync(join(root, '.steadfast/runs', run), { recursive: true });
      writeFileSync(join(root, '.steadfast/runs', run, 'journal.json'), text);
    };
    const ask = async () => {
      const { io, out } = capturedIo(root);
      const outside = createFakeOutside().outside;
      return { code: await gateCommand(io, { service: 'shop', maxAge: '30d' }, outside), out: out() };
    };
    expect((await ask()).out).toContain('npx steadfast rehearse slow-database');
    const good = journalOf({ runId: 'good', verdict: 'held', end: daysAgo(0) });
    keep('good', JSON.stringify({ ...good, experiment: { ...good.experiment, hash } }));
    expect(await ask()).toMatchObject({ code: 0 });
    keep('torn', '{"schemaVersion": 1');
    const torn = await ask();
    expect(torn.code).toBe(4);
    expect(torn.out).toContain('  a record cannot be read: .steadfast/runs/torn/journal.json');
  });
});

it('gate is a command of the program, with an age of 30 days unless another is named', async () => {
  const { code, stdout } = await commandHere(project).run('gate', '--service', 'shop', '--json');
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({ open: false, maxAge: '30d', environment: null });
  expect((await commandHere(project).run('gate')).code).toBe(64);
});
