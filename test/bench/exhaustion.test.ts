import { beforeAll, describe, expect, it } from 'vitest';
import { type Case, errorOf } from '../../bench/exhaustion/case.ts';
import { allCases } from '../../bench/exhaustion/cases.ts';
import { paths } from '../../bench/exhaustion/paths.ts';
import { type Outcome, play } from '../../bench/exhaustion/play.ts';
import { type Machines, synthesizeSubject } from '../../bench/exhaustion/subject.ts';

/** All paths are traced and all cases known only to the long tests; the others play a few on the way that has everything. */
const isLong = process.env['STEADFAST_LONG'] !== undefined;
const traced = isLong ? paths : paths.slice(0, 1);

let machines: Machines;
let undisturbed: (Outcome & { readonly path: string })[];

beforeAll(async () => {
  machines = synthesizeSubject();
  undisturbed = [];
  for (const { name } of traced) undisturbed.push({ path: name, ...(await play(machines, { path: name })) });
}, 120_000);

const usualSamples = (path: string) => undisturbed.find((one) => one.path === path)?.samples ?? 0;

/** What is left of each, by the case: nothing, where all is well. */
async function leaksOf(cases: readonly Case[]): Promise<string[]> {
  const leaks: string[] = [];
  for (const one of cases) {
    const outcome = await play(machines, one, { usualSamples: usualSamples(one.path) });
    leaks.push(...outcome.leaks.map((leak) => `${leak} (${JSON.stringify(one)})`));
  }
  return leaks;
}

describe('a run that dies', () => {
  it('ends as it should where nothing befalls it, and leaves nothing', () => {
    for (const { path, verdict, leaks } of undisturbed) {
      expect(leaks).toEqual([]);
      expect(verdict).toBe(paths.find(({ name }) => name === path)?.verdict);
    }
  });

  it('leaves nothing behind, whatever befalls it at any of its Tasks', async () => {
    const cases = allCases(undisturbed, machines).slice(0, isLong ? 1_500 : 8);
    if (isLong) expect(new Set(cases.map(({ blow }) => errorOf(blow))).size).toBeGreaterThan(40);
    expect(await leaksOf(cases)).toEqual([]);
  }, 3_600_000);

  it('in the middle of a stage leaves a fault behind, a lease and a run that nobody records, where nobody ends it from outside', async () => {
    const [path = ''] = traced.map(({ name }) => name);
    const stopped: Case = {
      path,
      state: 'Observe stage',
      call: 3,
      blow: { kind: 'abort', atCall: 20, lateMs: 0 },
      waking: { events: 'prompt' },
    };
    const { leaks } = await play(machines, stopped, { independentStop: false });
    expect(leaks.map((leak) => leak.slice(0, leak.indexOf(':')))).toEqual(
      expect.arrayContaining(['fault', 'lease', 'record', 'rollback']),
    );
    expect(await leaksOf([stopped])).toEqual([]);
  });
});
