import { expect, it } from 'vitest';
import { nextInAws } from '../../../lib/cli/aws/next-in-aws.ts';
import { verdicts } from '../../../lib/experiment/verdict.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';

it('what to do next is another thing after every verdict, and names a command with its environment', () => {
  const next = verdicts.map((verdict) => nextInAws(journalOf({ verdict })));
  expect(new Set(next).size).toBe(verdicts.length);
  for (const line of next) expect(line).toMatch(/npx steadfast (run|runs|show) .*--env staging/);
});

it('after what may have left something in AWS it leads to the run itself', () => {
  for (const verdict of ['unrecovered', 'errored'] as const)
    expect(nextInAws(journalOf({ verdict }))).toContain('npx steadfast show run-1 --env staging');
});
