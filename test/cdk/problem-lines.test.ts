import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemLines } from '../../lib/cdk/problem-lines.ts';

it('a refusal is said in lines: what, then each problem with its place and how to mend it', () => {
  const file = join(process.cwd(), 'experiments', 'slow.yaml');
  const lines = problemLines({
    message: 'experiments cannot be deployed',
    hint: 'look at the definitions',
    problems: [
      {
        code: 'unknown-name',
        file,
        line: 12,
        path: ['guards', 0],
        message: "no guard is called 'x'",
        hint: "did you mean 'y'?",
      },
      { code: 'unreadable', path: [], message: 'cannot be read' },
    ],
  });
  expect(lines).toEqual([
    'steadfast: experiments cannot be deployed',
    '  look at the definitions',
    "experiments/slow.yaml:12: guards.0: no guard is called 'x'",
    "  did you mean 'y'?",
    'cannot be read',
  ]);
});
