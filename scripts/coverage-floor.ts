import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/**
 * Holds the coverage of the last test run against `coverage-floor.json`, which may only rise: neither may the tests cover less
 * than it says, nor may it say less than it did in the commit before. With `--raise` it is lifted to what is covered now.
 */
const measures = ['lines', 'branches', 'functions', 'statements'] as const;

const share = z.object({ pct: z.number() });
const summarySchema = z.object({
  total: z.object({ lines: share, branches: share, functions: share, statements: share }),
});
const floorSchema = z.object({
  lines: z.number(),
  branches: z.number(),
  functions: z.number(),
  statements: z.number(),
});

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const parse = (text: string): unknown => JSON.parse(text) as unknown;

const covered = summarySchema.parse(parse(readFileSync(at('coverage/coverage-summary.json'), 'utf8'))).total;
const floor = floorSchema.parse(parse(readFileSync(at('coverage-floor.json'), 'utf8')));

/** A run to run difference of the tests that race real processes; below it, nothing has been lost. */
const noise = 0.3;

if (process.argv.includes('--raise')) {
  // Whole tenths, a little below: what is covered by chance is not promised.
  const raised = Object.fromEntries(
    measures.map((measure) => [
      measure,
      Math.max(floor[measure], Math.floor((covered[measure].pct - noise) * 10) / 10),
    ]),
  );
  writeFileSync(at('coverage-floor.json'), `${JSON.stringify(raised, null, 2)}\n`);
} else {
  const before = floorBefore();
  const problems = measures.flatMap((measure) => [
    ...(covered[measure].pct < floor[measure]
      ? [`${measure}: ${covered[measure].pct} % covered, the floor is ${floor[measure]} %`]
      : []),
    ...(before !== undefined && floor[measure] < before[measure]
      ? [`${measure}: the floor was lowered from ${before[measure]} % to ${floor[measure]} %`]
      : []),
  ]);
  for (const problem of problems) process.stderr.write(`coverage: ${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
  else
    process.stdout.write(
      `coverage: ${measures.map((measure) => `${measure} ${covered[measure].pct} %`).join(', ')}\n`,
    );
}

/** The floor of the commit before; undefined in a first commit, and in a checkout without its history. */
function floorBefore(): z.output<typeof floorSchema> | undefined {
  try {
    const text = execFileSync('git', ['show', 'HEAD~1:coverage-floor.json'], {
      cwd: at('.'),
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    });
    return floorSchema.parse(parse(text));
  } catch (cause) {
    if (cause instanceof z.ZodError) throw cause;
    return undefined;
  }
}
