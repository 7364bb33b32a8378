import { describe, expect, it } from 'vitest';
import { withFields } from '../../fakes/matching.ts';
import { openDatabase } from '../../plan/opened.ts';
import { changed, run } from '../scripted-run.ts';

const definition = changed({ opens: openDatabase.opens, faults: openDatabase.faults });
const set = { delay: '1s', jitter: '0ms' };

describe('what a run was started with', () => {
  it.each([[set], [{ delay: '1s' }], [{}]])('is admitted where it is what is set: %j', async (asked) => {
    const { journal } = await run({ definition, input: { set, asked } });
    expect(journal).toMatchObject({ verdict: 'held', set });
    expect(journal.checks).toContainEqual(withFields({ check: 'set', passed: true }));
  });

  it.each([[{ dealy: '1s' }], [{ delay: '2s' }], [['1s']], ['delay=1s'], [null]])(
    'is rejected before anything is asked where it is not: %j',
    async (asked) => {
      const { journal, faults } = await run({ definition, input: { set, asked } });
      expect(journal).toMatchObject({
        verdict: 'rejected',
        findings: [
          {
            rejection: 'invalid',
            hint: 'Open to be set: delay (500ms, 1s, 2s), jitter (0ms, 100ms); each as a text.',
          },
        ],
      });
      expect(journal.checks).toHaveLength(1);
      expect(faults.experiments).toEqual([]);
    },
  );
});
