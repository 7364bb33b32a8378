import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import { containing, matching, withFields } from '../fakes/matching.ts';
import { isLong } from '../setup.ts';
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
  return { exit: code, journal, stderr, report, findings };
}

// The long run rehearses all of them. The longest waits on a loaded machine until recovery can be told from chance.
describe('the failure cases', { timeout: 180_000 }, () => {
  it("end a selector that reaches a wrongly tagged task of production's before anything is touched", async () => {
    const { exit, journal, report, findings } = await rehearse('broad-selector');
    expect([exit, journal.verdict], findings).toEqual([4, 'rejected']);
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

  // The queue is as well as before; it is the orders that tell. It waits for half a minute until they should have been paid.
  it.runIf(isLong)('are told of where orders are lost that no queue shows', async () => {
    const { exit, journal, report, findings } = await rehearse('forgotten-orders');
    expect([exit, journal.verdict], findings).toEqual([5, 'unrecovered']);
    expect(journal.findings).toContainEqual(
      withFields({
        code: 'not-recovered',
        message: containing('unpaid: value was not below 60 for longer than it may be'),
      }),
    );
    expect(findings).not.toContain('queue:');
    expect(journal.stages[0]?.bite.map(({ bit }) => bit)).toEqual([true]);
    expect(report).toContain('it is a line in a log');
  });

  // Side by side: their lab is a light one, and nothing in them is near a limit.
  it('are told of where a rollback fails, or says that all is well, and the latency stays', async () => {
    const twins = [
      {
        id: 'leaked-rollback',
        code: 'rollback-failed',
        message:
          'Rollback removeDelay failed: DELETE /proxies/shop-1-to-stock/toxics/slow-stock of control was answered with status 404.',
        words: 'the rollback gets 404, while the delay stays on the link',
      },
      {
        id: 'false-rollback',
        code: 'rollback-unproven',
        message:
          'Rollback resetProxy could not be proven: POST /reset of control answered with status 204, but promptAgain did not show it:',
        words: 'Steadfast takes no rollback at its word',
      },
    ];
    const tried = isLong ? twins : twins.slice(0, 1);
    const runs = await Promise.all(tried.map(async (twin) => ({ ...twin, ...(await rehearse(twin.id)) })));
    for (const { id, code: finding, message, words, exit, journal, stderr, report, findings } of runs) {
      expect([exit, journal.verdict], findings).toEqual([5, 'unrecovered']);
      expect(journal.findings).toContainEqual(
        withFields({ code: finding, verdict: 'unrecovered', message: containing(message) }),
      );
      // Nothing was asked while the rollback was tried, so it may be said that nobody saw in place of that it was not back.
      expect(journal.findings).toContainEqual(
        withFields({ code: matching(/^(not-recovered|recovery-unseen)$/), verdict: 'unrecovered' }),
      );
      const residue = containing('a toxic is still on the link from shop-1 to stock');
      expect(journal.findings).toContainEqual(withFields({ code: 'residue', message: residue }));
      expect(journal.stages[0]?.bite.map(({ bit }) => bit)).toEqual([true, true]);
      expect(stderr).toContain(`(${id}) in uncached-shop: unrecovered,`);
      expect(report).toContain(words);
    }
  });

  if (isLong)
    it('call nothing resilient where the pool goes past the link on which the fault acts', async () => {
      const { exit, journal, stderr, report, findings } = await rehearse('bypassed-proxy');
      expect([exit, journal.verdict], findings).toEqual([2, 'inconclusive']);
      expect(journal.findings).toContainEqual(
        withFields({ code: 'no-bite', verdict: 'inconclusive', stage: 0 }),
      );
      expect(journal.stages[0]?.bite).toMatchObject([{ fault: 'slow', bit: false }]);
      expect(findings).toMatch(/shop holds \d+ connections to .*none go through the link/);
      expect(stderr).toContain("service 'shop' is handed the real address of 'database', past its link");
      expect(report).toContain('give the process the address of the link from its start');
    });

  if (isLong)
    it('tell old data, which latency and status hide', async () => {
      const { exit, journal, findings } = await rehearse('stale-cache');
      expect([exit, journal.verdict], findings).toEqual([1, 'deviated']);
      expect(journal.findings).toContainEqual(
        withFields({ code: 'tolerance-missed', probe: 'freshness', verdict: 'deviated' }),
      );
    });

  if (isLong)
    it('leave nothing of their fault behind when the command is killed in the middle of it', async () => {
      const project = commandProject();
      const { child, ended, line } = project.start(
        'rehearse',
        join(experiments, 'leaked-rollback.ts'),
        '--out',
        'run',
      );
      await line(/fault: running/);
      child.kill('SIGKILL');
      await ended;
      // The next rehearsal ends what a killed one has left.
      const { stderr } = await project.run(
        'rehearse',
        join(experiments, 'broad-selector.ts'),
        '--out',
        'next',
      );
      expect(stderr).toContain('that a killed run had left behind');
      expect(project.processes()).toEqual([]);
    });
});
