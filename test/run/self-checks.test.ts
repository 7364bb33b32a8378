import { describe, expect, it } from 'vitest';
import { run } from './scripted-run.ts';

const url = 'https://dynamodb.eu-west-1.amazonaws.com/ping';

describe('the self-check', () => {
  it('is tried before any fault, and from then on has a say in every step', async () => {
    const done = await run({ world: { selfChecks: [{ from: 'outside', url }] } });
    expect(done.journal.checks).toContainEqual({
      check: 'self-check',
      passed: true,
      evidence: `${url} answered: a failure while it does not answer is the prober's own`,
    });
    expect(done.asked.length).toBeGreaterThan(100);
    for (const { selfChecks } of done.asked) expect(selfChecks).toEqual(['outside']);
  });

  it('has none where it did not work beforehand, and the record says so', async () => {
    const done = await run({
      world: {
        selfChecks: [
          { from: 'outside', url, failed: 'no answer within 1000 ms' },
          { from: 'zoneA', url },
        ],
      },
    });
    expect(done.journal.checks).toEqual(
      expect.arrayContaining([
        {
          check: 'self-check',
          passed: false,
          evidence: `${url} did not answer (no answer within 1000 ms): it has no say in this run, and every failure counts as the system's`,
        },
        expect.objectContaining({ check: 'self-check from zoneA', passed: true }),
      ]),
    );
    expect(done.journal.timeline.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('The self-check failed:'),
    );
    for (const { selfChecks } of done.asked) expect(selfChecks).toEqual(['zoneA']);
  });

  it('that says the prober is broken makes a run that nobody could see, never one that held or deviated', async () => {
    const down = { error: `prober: fetch failed (self-check of ${url} failed: getaddrinfo EAI_AGAIN)` };
    const blind = await run({
      world: {
        selfChecks: [{ from: 'outside', url }],
        sees: ({ injecting }) => (injecting ? down : { status: 200, latencyMs: 20 }),
      },
    });
    expect(blind.journal.verdict).toBe('inconclusive');
    expect(blind.journal.stages[0]?.halt?.by).toBe('blind');
  });
});
