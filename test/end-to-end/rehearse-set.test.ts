import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandHere } from '../cli/command-here.ts';
import { containing } from '../fakes/matching.ts';
import { greetings, greetingsProject, journalIn, slowNames } from './greetings.ts';

/** The same, which opens how late the names are, and is soon over. */
const open = {
  ...slowNames,
  baseline: '30s',
  opens: { delay: ['400ms', '100ms'] },
  faults: {
    slow: {
      ...slowNames.faults.slow,
      parameters: { ...slowNames.faults.slow.parameters, delay: { opened: 'delay' } },
    },
  },
  stages: [
    { share: 'one', duration: '2m' },
    { share: '100%', duration: '1m' },
  ],
  recovery: { ...slowNames.recovery, objective: '30s' },
};

it('steadfast rehearse plays one stage alone, and what was set of what the definition opens, and the journal says so', async () => {
  const project = commandHere(greetingsProject({ experiment: open, lab: { ...greetings, pace: 1 / 60 } }));
  const words = ['rehearse', 'slow-names', '--seed', '7', '--accept-inconclusive'];
  const { stdout, stderr } = await project.run(
    ...words,
    '--set',
    'delay=100ms',
    '--stage',
    '2',
    '--out',
    'run',
  );
  const journal = journalIn(join(project.root, 'run'));
  expect(journal).toMatchObject({
    mode: 'rehearsal',
    seed: 7,
    set: { delay: '100ms' },
    only: { stage: 2, of: 2 },
  });
  // The fault of the second stage, by its template: every replica.
  expect(journal.stages).toMatchObject([{ label: '100%', fisStatus: 'completed' }]);
  expect(journal.stages[0]?.faults).toMatchObject([
    { name: 'slow', parameters: { delayMilliseconds: '100' } },
  ]);
  expect(stdout).toContain('Report: run/report.html');
  expect(stderr).toContain('The lab greetings is starting.');
  expect(stderr).toContain('stage: 100%: waiting for the fault');
  expect(stderr).not.toContain('stage 1 of 2');
  expect(readFileSync(join(project.root, 'run', 'report.html'), 'utf8')).toContain('delay=100ms');

  const refused = await project.run(...words, '--set', 'delay=3s', '--out', 'other');
  expect(refused).toMatchObject({ code: 4, stdout: '' });
  expect(refused.stderr).toContain("'delay' may not be '3s': it is one of 400ms, 100ms");
  expect(existsSync(join(project.root, 'other'))).toBe(false);

  const none = await project.run(...words, '--stage', '3', '--out', 'none');
  expect(none).toMatchObject({ code: 4, stdout: containing('3 is no stage of the experiment') });
});
