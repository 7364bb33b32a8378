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
  // What a run says of itself, for a machine on which it ends otherwise.
  const findings = journal.findings.map(({ message }) => message).join('\n');
  return { code, journal, stderr, report, findings };
}

describe('the failure cases', () => {
  it('call nothing resilient where the pool goes past the link on which the fault acts', async () => {
    const { code, journal, stderr, report, findings } = await rehearse('bypassed-proxy');
    expect([code, journal.verdict], findings).toEqual([2, 'inconclusive']);
    expect(journal.findings).toContainEqual(
      withFields({ code: 'no-bite', verdict: 'inconclusive', stage: 0 }),
    );
    expect(journal.stages[0]?.bite).toMatchObject([{ fault: 'slow', bit: false }]);
    expect(stderr).toContain("service 'shop' is handed the real address of 'database', past its link");
    expect(report).toContain('give the process the address of the link from its start');
  });

  it("end a selector that reaches a wrongly tagged task of production's before anything is touched", async () => {
    const { code, journal, report, findings } = await rehearse('broad-selector');
    expect([code, journal.verdict], findings).toEqual([4, 'rejected']);
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

  it.each([
    [
      'fails',
      'leaked-rollback',
      'rollback-failed',
      'Rollback removeDelay failed: DELETE /proxies/shop-1-to-stock/toxics/slow-stock of control was answered with status 404.',
      'the rollback gets 404, while the delay stays on the link',
    ],
    [
      'says that all is well',
      'false-rollback',
      'rollback-unproven',
      'Rollback resetProxy could not be proven: POST /reset of control answered with status 204, but promptAgain did not show it:',
      'Steadfast takes no rollback at its word',
    ],
  ])('are told of where a rollback %s and the latency stays', async (_what, id, code, message, words) => {
    const { code: exit, journal, stderr, report, findings } = await rehearse(id);
    expect([exit, journal.verdict], findings).toEqual([5, 'unrecovered']);
    expect(journal.findings).toContainEqual(
      withFields({ code, verdict: 'unrecovered', message: containing(message) }),
    );
    expect(journal.findings).toContainEqual(
      withFields({ code: 'not-recovered', message: containing('products: ') }),
    );
    expect(journal.stages[0]?.bite.map(({ bit }) => bit)).toEqual([true, true]);
    expect(stderr).toContain(`(${id}) in uncached-shop: unrecovered.`);
    expect(report).toContain(words);
  });

  it('tell old data, which latency and status hide', async () => {
    const { code, journal, findings } = await rehearse('stale-cache');
    expect([code, journal.verdict], findings).toEqual([1, 'deviated']);
    expect(journal.findings).toContainEqual(
      withFields({ code: 'tolerance-missed', probe: 'freshness', verdict: 'deviated' }),
    );
  });
});
