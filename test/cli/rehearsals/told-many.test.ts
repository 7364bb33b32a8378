import { expect, it } from 'vitest';
import { toldMany } from '../../../lib/cli/rehearsals/told-many.ts';
import { loadProject } from '../../../lib/definitions/project.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { journalOf } from '../../rehearsal/journal-of.ts';
import { capturedIo } from '../captured-io.ts';
import { endOf, jobOf } from './jobs.ts';

it('tells pipelines of each that ran, of what cannot be read as rejected, and of the rest as left out', async () => {
  const root = temporaryProject({});
  const outcomes = [
    endOf(jobOf('a', 1), 'held', { journal: journalOf({ verdict: 'held' }) }),
    endOf(jobOf('a', 2), 'errored', { failure: { code: 'internal', message: 'its process ended' } }),
    endOf(jobOf('b'), 'unrecovered'),
    endOf(jobOf('c'), 'errored'),
    endOf(jobOf('d'), 'not run'),
  ];
  const broken = [{ experiment: 'e', reasons: ['no id', 'no lab'] }];
  const notRehearsable = [{ experiment: 'f', reasons: ['it names no lab'] }];
  const { io } = capturedIo(root);
  const told = toldMany(io, { outcomes, broken, notRehearsable, interrupted: true }, await loadProject(root));
  expect(told.runs.map((one) => [one.name ?? one.experiment.id, one.verdict, one.summary])).toEqual([
    ['a 1', 'held', 'A summary.'],
    ['a 2', 'errored', 'its process ended'],
    ['b', 'unrecovered', 'It was ended at once: nobody has seen whether the system recovered.'],
    ['c', 'errored', 'errored'],
    ['e', 'rejected', 'no id; no lab'],
  ]);
  expect(told.leftOut).toEqual([
    { name: 'd', reason: 'interrupted before it began' },
    { name: 'all', reason: 'the rehearsals were interrupted' },
    { name: 'f', reason: 'not rehearsable: it names no lab' },
  ]);
});
