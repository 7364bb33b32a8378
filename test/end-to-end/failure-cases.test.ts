import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import { containing, withFields } from '../fakes/matching.ts';
import { commandProject } from './command.ts';

const experiments = resolve(import.meta.dirname, '..', '..', 'experiments');

/** Rehearses one of the repository's own experiments, as whoever reads of it would. */
async function rehearse(id: string) {
  const project = commandProject();
  const { code, stdout, stderr } = await project.run(
    'rehearse',
    join(experiments, `${id}.ts`),
    '--out',
    'run',
    '--json',
  );
  const journal: Journal = journalSchema.parse(JSON.parse(stdout));
  const report = readFileSync(join(project.root, 'run', 'report.html'), 'utf8');
  expect(project.processes()).toEqual([]);
  return { code, journal, stderr, report };
}

describe('the failure cases', () => {
  it("end a selector that reaches a wrongly tagged task of production's before anything is touched", async () => {
    const { code, journal, report } = await rehearse('broad-selector');
    expect([code, journal.verdict]).toEqual([4, 'rejected']);
    expect(journal.findings).toEqual([
      withFields({
        code: 'check-targets',
        rejection: 'targets',
        message:
          'Not admitted: production-2 carries the tag Env=beside-production, but has no name that beside-production owns (shop-*).',
        hint: containing('Mend its tags'),
      }),
    ]);
    expect(journal.stages).toEqual([]);
    expect(journal.samples.count).toBe(0);
    expect(report).toContain('one of production wears the tag of staging');
  });
});
