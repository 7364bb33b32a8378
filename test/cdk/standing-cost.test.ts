import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stopSizes } from '../../lib/cdk/function-sizes.ts';
import { standingParts } from '../../lib/plan/forecast/standing-amounts.ts';

/** The stacks of the example staging, as the tests of whole environments record them. */
const recorded = (stack: string) =>
  readFileSync(join(import.meta.dirname, '__snapshots__', `steadfast-staging-${stack}.yaml`), 'utf8');

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

describe('the standing cost that a plan tells', () => {
  const stacks = recorded('core') + recorded('runner');
  /** Guards are counted by their metrics, apart. */
  const guards = count(recorded('core'), /^Guard\w*:\n {2}Type: AWS::CloudWatch::Alarm$/gm);

  it('counts the alarms on Steadfast itself, the dashboard and the key that are deployed', () => {
    expect(count(stacks, /Type: AWS::CloudWatch::Alarm$/gm) - guards).toBe(standingParts.alarms);
    expect(count(stacks, /Type: AWS::CloudWatch::Dashboard$/gm)).toBe(standingParts.dashboards);
    expect(count(stacks, /Type: AWS::KMS::Key$/gm)).toBe(standingParts.keys);
  });

  it('counts the sweep of each minute, in the size that it is deployed with', () => {
    expect(stacks).toContain('ScheduleExpression: rate(1 minute)');
    expect(standingParts.sweepMemoryMb).toBe(stopSizes.stop.memoryMb);
  });
});
