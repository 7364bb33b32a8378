import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextThing } from '../../lib/cli/next-thing.ts';
import { loadProject } from '../../lib/definitions/project.ts';
import { type Rejection, verdicts } from '../../lib/experiment/verdict.ts';
import type { Journal } from '../../lib/run/journal.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { slowDatabase } from '../plan/examples.ts';
import { journalOf } from '../rehearsal/journal-of.ts';

const { lab: _lab, ...withoutLab } = slowDatabase;
const files = {
  'experiments/a.json': slowDatabase,
  'experiments/b.json': { ...slowDatabase, id: 'slow', title: 'Another' },
  'experiments/c.json': { ...withoutLab, id: 'no-lab' },
};

async function projectWith(runs: readonly string[] = []) {
  const root = temporaryProject(files);
  for (const run of runs) mkdirSync(join(root, '.steadfast', 'runs', run), { recursive: true });
  return loadProject(root);
}

const rejectedAs = (rejection: Rejection) =>
  journalOf({
    verdict: 'rejected',
    findings: [
      {
        code: `rejected-${rejection}`,
        verdict: 'rejected',
        rejection,
        recorded: true,
        message: 'It was not to be.',
      },
    ],
  });

describe('after an experiment that held', () => {
  it('the next thing is one that was not rehearsed yet', async () => {
    expect(nextThing(journalOf({ verdict: 'held' }), await projectWith())).toBe(
      'npx steadfast rehearse slow   (Another)',
    );
  });

  it('a run of an experiment whose name only begins alike is none of this one', async () => {
    const project = await projectWith(['slow-database-20260101T000000Z-0000']);
    expect(nextThing(journalOf({ verdict: 'held' }), project)).toContain('rehearse slow ');
  });

  it('the next thing is to go further when all were rehearsed', async () => {
    const project = await projectWith(['slow-20260101T000000Z-0000']);
    expect(nextThing(journalOf({ verdict: 'held' }), project)).toContain('npx cdk deploy --all');
  });
});

describe('after any other verdict', () => {
  it.each(['deviated', 'inconclusive'] as const)('%s can be repeated with the same seed', async (verdict) => {
    const project = await projectWith();
    expect(nextThing(journalOf({ verdict, seed: 42 }), project)).toContain(
      'rehearse slow-database --seed 42',
    );
  });

  it('the experiment is named as it was asked for', async () => {
    const next = nextThing(rejectedAs('invalid'), await projectWith(), 'elsewhere/slow.ts');
    expect(next).toContain('npx steadfast check elsewhere/slow.ts');
  });

  it('a lab that did not start is started again, since no check can see why', async () => {
    expect(nextThing(rejectedAs('lab'), await projectWith())).toContain(
      'npx steadfast rehearse slow-database',
    );
  });

  it.each(verdicts)('%s has a next thing, in one line', async (verdict) => {
    expect(nextThing(journalOf({ verdict }), await projectWith())).toMatch(/^\S.*\S$/);
  });
});

describe('after an experiment of another tool', () => {
  const importedFrom = {
    file: 'slow.json',
    format: 'chaos-toolkit',
    sha256: '0',
    notes: [],
    approximated: [],
    refused: [],
    open: [],
  };
  const foreign = (journal: Journal): Journal => ({
    ...journal,
    experiment: { ...journal.experiment, importedFrom },
  });

  it('that held, the next thing is to keep it as a definition', async () => {
    expect(
      nextThing(foreign(journalOf({ verdict: 'held' })), await projectWith(), 'slow.json --map a=b'),
    ).toBe(
      'keep it as a definition that can be deployed: npx steadfast import slow.json --map a=b --out experiments',
    );
  });

  it('that was rejected, there is no definition to check', async () => {
    expect(nextThing(foreign(rejectedAs('invalid')), await projectWith())).toBe(
      'mend what the finding names, then: npx steadfast rehearse slow.json',
    );
  });
});
