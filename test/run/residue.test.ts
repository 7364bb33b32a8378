import { describe, expect, it } from 'vitest';
import { replicas } from '../fakes/fake-run-ports.ts';
import { expectNothingLeft, run } from './scripted-run.ts';

const toxic = {
  what: 'a toxic is still on the link from shop-1 to database',
  hint: 'Take it away.',
};
const refused = { what: 'the ECS services of the targets could not be seen', hint: 'Allow it.' };

const slow = { status: 200, latencyMs: 800 };
const well = { status: 200, latencyMs: 20 };

describe('what a fault leaves behind', () => {
  it('is nothing of a run that holds', async () => {
    const held = await run();
    expect(held.journal).toMatchObject({ verdict: 'held', residue: [] });
    expectNothingLeft(held);
  });

  it('makes a run unrecovered, however well the probes are, and is named with how to mend it', async () => {
    const left = await run({ world: { leaves: () => ({ left: [toxic], unseen: [] }) } });
    expect(left.journal).toMatchObject({
      verdict: 'unrecovered',
      residue: [toxic],
      recovery: { met: true },
      findings: [
        {
          code: 'residue',
          verdict: 'unrecovered',
          message: 'The fault left something behind: a toxic is still on the link from shop-1 to database.',
          hint: 'Take it away.',
        },
      ],
    });
    expectNothingLeft(left);
  });

  it('is inconclusive where nobody could look, and still concludes', async () => {
    const blind = await run({ world: { leaves: () => ({ left: [], unseen: [refused] }) } });
    expect(blind.journal).toMatchObject({ verdict: 'inconclusive', residue: [] });
    expect(blind.codes).toEqual(['residue-unknown']);
    expect(blind.journal.findings[0]?.hint).toBe('Allow it.');
    expectNothingLeft(blind);
  });

  it('is not to be known where the look itself fails, which ends no conclusion', async () => {
    const failing = await run({
      world: {
        leaves: () => {
          throw new Error('the connection was reset');
        },
      },
    });
    expect(failing.codes).toEqual(['residue-unknown']);
    expect(failing.journal.findings[0]?.message).toContain('the connection was reset');
    expectNothingLeft(failing);
  });

  it('never outweighs a run that failed worse, and never hides what it missed', async () => {
    const both = await run({
      world: {
        sees: ({ injecting }) => (injecting ? slow : well),
        leaves: () => ({ left: [toxic], unseen: [] }),
      },
    });
    expect(both.journal.verdict).toBe('unrecovered');
    expect(both.codes).toEqual(['residue', 'tolerance-missed']);
  });

  it('is compared with what was seen as the run was admitted, among what its stages have hit', async () => {
    const { residueLooks } = await run();
    expect(residueLooks).toEqual([{ remembered: { seen: replicas.map(({ id }) => id) }, hit: replicas }]);
  });

  it('is not looked for where no fault was begun', async () => {
    const rejected = await run({ world: { sees: () => slow } });
    expect(rejected.journal.verdict).toBe('rejected');
    expect(rejected.journal).not.toHaveProperty('residue');
    expect(rejected.residueLooks).toEqual([]);
  });

  it('is a FIS experiment too that does not end', async () => {
    const stuck = await run({
      world: {
        faults: { stopMs: Number.POSITIVE_INFINITY },
        sees: ({ injecting }) => (injecting ? slow : well),
      },
    });
    expect(stuck.journal.residue).toMatchObject([{ what: 'FIS experiment EXP1 of this run has not ended' }]);
    expect(stuck.codes).toContain('residue');
  });
});
