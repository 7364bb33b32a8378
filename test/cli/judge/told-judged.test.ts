import { describe, expect, it } from 'vitest';
import { toldJudged } from '../../../lib/cli/judge/told-judged.ts';
import { runMarkdown } from '../../../lib/report/markdown/run.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { judgeRecord } from '../../../lib/run/judge-record.ts';
import type { Observation } from '../../../lib/steady-state/observation.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { containing } from '../../fakes/matching.ts';
import { heldJournal } from '../../report/journal-fixture.ts';
import { duringFault, experiment, marks, recorded, slow, well } from '../../steady-state/recorded.ts';
import { judge, linesOf, withoutBite } from '../commands/judged-files.ts';

async function told(observations: readonly Observation[], journal?: Journal) {
  const asked = {
    experiment: { parsed: experiment(), hash: 'a' },
    ...(journal === undefined ? {} : { journal }),
  };
  const record = await judgeRecord({
    read: () => observations,
    experiment: asked.experiment.parsed,
    ...(journal === undefined ? {} : { journal }),
  });
  return toldJudged(asked, record);
}

describe('what a pipeline is told of a record', () => {
  it('of bare samples is what they say, bite among it', async () => {
    const run = await told(recorded((second) => (duringFault(second) ? slow : well)));
    expect(run).toMatchObject({
      experiment: { id: experiment().id, hypothesis: experiment().hypothesis },
      verdict: 'deviated',
      next: containing('mend what the finding names'),
      stages: [
        { bite: [{ fault: 'recorded', bit: true }], tolerances: [{ state: 'missed' }, { state: 'met' }] },
      ],
      rollbacks: [],
    });
    expect(runMarkdown(run).markdown).toMatch(
      /\| 1: all \| – \| – \| 60 s \| yes: the mark at its end says so \|/,
    );
  });

  it('of samples whose mark does not say is that nobody knows', async () => {
    const run = await told(recorded(undefined, { marks: withoutBite }));
    expect(run.stages[0]?.bite).toEqual([
      { fault: 'recorded', evidence: 'the mark at its end does not say' },
    ]);
  });

  it('of nothing but a beginning is a baseline without anything', async () => {
    const run = await told(recorded(undefined, { marks: marks.slice(0, 0) }).slice(0, 0));
    expect(run).toMatchObject({ stages: [], baseline: { tolerances: [] } });
  });

  it('of a journal is also what it knows beside its samples', async () => {
    const stages = heldJournal().stages.slice(0, 1);
    const journal = journalOf({ stages });
    const run = await told(recorded(), journal);
    expect(run).toMatchObject({ verdict: 'held', runId: journal.runId, place: 'staging', next: undefined });
    expect(run.stages[0]?.faults).toEqual(stages[0]?.faults);
    expect(run.stages[0]?.label).toBe('all');
  });
});

it('judge writes it, and fails on what was chosen alone', async () => {
  const samples = linesOf(recorded((second) => (duringFault(second) ? slow : well)));
  const words = ['samples.ndjson', '--experiment', 'experiment.yaml', '--markdown', 'summary.md'];
  const chosen = await judge({ 'samples.ndjson': samples }, ...words, '--fail-on', 'halted, rejected');
  expect(chosen).toMatchObject({ code: 0, err: 'By --fail-on, this does not fail on deviated.\n' });
  expect((await judge({ 'samples.ndjson': samples }, ...words)).code).toBe(1);
  const over = await judge({ 'samples.ndjson': samples }, ...words, '--junit', './samples.ndjson');
  expect(over).toMatchObject({ code: 64, out: '' });
});
