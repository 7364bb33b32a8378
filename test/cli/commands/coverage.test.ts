import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOfExperimentKey } from '../../../lib/aws/table-keys.ts';
import { coverageCommand } from '../../../lib/cli/commands/coverage.ts';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { shopLab, slowDatabase } from '../../plan/examples.ts';
import { richStaging } from '../../recipes/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';

const project = {
  'experiments/slow-database.json': { ...slowDatabase, environments: { staging: {} } },
  'experiments/environments/staging.json': richStaging,
  'experiments/labs/shop.json': shopLab,
};

const startMs = createVirtualClock().now();
const daysAgo = (days: number) => new Date(startMs - days * 86_400_000).toISOString();

function ran(fake: ReturnType<typeof createFakeOutside>, verdict: Verdict, days: number) {
  const start = daysAgo(days);
  const runId = `run-${days}`;
  fake.table.put({
    ...runOfExperimentKey('slow-database', start, runId),
    runId,
    experiment: 'slow-database',
    environment: 'staging',
    verdict,
    summary: `It was ${verdict}.`,
    start,
    end: start,
    services: ['shop'],
    recoverySeconds: 4.25,
  });
}

describe('coverage', () => {
  it('shows of an environment the last verdict of each service, its age and trend, and what nothing tests', async () => {
    const root = temporaryProject(project);
    const fake = createFakeOutside({ account: richStaging.account });
    ran(fake, 'deviated', 45);
    ran(fake, 'held', 40);
    ran(fake, 'rejected', 1);
    const { io, out } = capturedIo(root);
    expect(await coverageCommand(io, { env: 'staging' }, fake.outside)).toBe(0);
    expect(out()).toContain('shop  held, 40 days ago (old)\n');
    expect(out()).toMatch(
      /slow-database {2}held, 40 days ago \(old\), better than before, held 1 of 2, back in 4\.3 s/,
    );
    expect(out()).toContain('untested: ');
    expect(out()).toContain('npx steadfast new --list --for shop');
  });

  it('shows rehearsals where no environment is named, and tells of a journal that it cannot read', async () => {
    const root = temporaryProject(project);
    for (const [run, text] of [
      ['good', JSON.stringify(journalOf({ runId: 'good', verdict: 'held', end: daysAgo(0) }))],
      ['torn', '{"schemaVersion": 1'],
    ] as const) {
      mkdirSync(join(root, '.steadfast/runs', run), { recursive: true });
      writeFileSync(join(root, '.steadfast/runs', run, 'journal.json'), text);
    }
    mkdirSync(join(root, '.steadfast/runs/interrupted'));
    const { io, out, err } = capturedIo(root);
    expect(await coverageCommand(io, { json: true }, createFakeOutside().outside)).toBe(0);
    expectDocument('coverage', out());
    expect(JSON.parse(out())).toMatchObject({
      environment: null,
      services: [
        { service: 'shop', verdict: 'held', experiments: [{ last: { runId: 'good' }, isOutdated: true }] },
        {},
      ],
    });
    expect(err()).toContain('Not counted: .steadfast/runs/torn/journal.json');
    expect(err()).not.toContain('interrupted');
  });

  it('says how a first run is made where there was none', async () => {
    const root = temporaryProject(project);
    const { io, out } = capturedIo(root);
    await coverageCommand(io, {}, createFakeOutside().outside);
    expect(out()).toContain('shop  nothing was ever run\n');
    expect(out()).toContain('slow-database  never run: npx steadfast rehearse slow-database\n');
  });

  it('refuses an environment that the project has not, with the one that may be meant', async () => {
    const root = temporaryProject(project);
    const { io } = capturedIo(root);
    await expect(coverageCommand(io, { env: 'stagign' }, createFakeOutside().outside)).rejects.toMatchObject({
      code: 'unknown-id',
      hint: "did you mean 'staging'?",
    });
  });
});
