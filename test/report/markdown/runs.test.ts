import { expect, it } from 'vitest';
import { runsMarkdown } from '../../../lib/report/markdown/runs.ts';
import { barelyTold, toldRunOf } from '../../../lib/report/told-run.ts';
import { deviatedJournal, heldJournal, unrecoveredJournal } from '../journal-fixture.ts';

it('has a table of all runs first, then those that did not hold, the worst first', () => {
  const runs = [
    toldRunOf(heldJournal(), undefined),
    toldRunOf(deviatedJournal(), undefined),
    { ...toldRunOf(unrecoveredJournal(), undefined), name: 'slow-database 2' },
    barelyTold({ experiment: { id: 'lost-task' }, verdict: 'rejected', summary: 'no lab\nat all' }),
  ];
  const parts = runsMarkdown(runs, [{ name: 'a|b', reason: 'it names no lab' }]).markdown.split('\n\n');
  expect(parts.slice(0, 4)).toEqual([
    '## 4 runs: 1 unrecovered, 1 deviated, 1 rejected, 1 held',
    [
      '| Experiment | Verdict | Why | Took |',
      '| --- | --- | --- | ---: |',
      '| slow-database | ✅ **held** | – | 68 s |',
      '| stale-cache | ❌ **deviated** | Products were up to 10.9 s old while the database answered 500 ms late, where at most 5 s are tolerated. | 68 s |',
      '| slow-database 2 | 🚨 **unrecovered** | Products were still answered in 640 ms 15 s after the fault had ended, and the rollback could not be proven. | 68 s |',
      '| lost-task | 🚫 **rejected** | no lab<br>at all | – |',
    ].join('\n'),
    '**Left out:**',
    '- a\\|b: it names no lab',
  ]);
  expect(parts.filter((part) => part.startsWith('### ') && part.includes('**: '))).toEqual([
    expect.stringContaining('**unrecovered**'),
    expect.stringContaining('**deviated**'),
    expect.stringContaining('**rejected**'),
  ]);
});

it('stays below what the summary of a job can hold, and says what it leaves out', () => {
  const run = barelyTold({
    experiment: { id: 'slow' },
    verdict: 'deviated',
    summary: '💥'.repeat(10_000),
  });
  const { markdown } = runsMarkdown(Array.from({ length: 100 }, () => run));
  expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
  expect(markdown).toMatch(/\n\n88 more runs did not hold: the reports tell of them\.$/);
});

it('says that nothing was run', () => {
  expect(runsMarkdown([]).markdown).toBe('## 0 runs');
});
