import { describe, expect, it } from 'vitest';
import { progressOfLine } from '../../lib/aws/command/progress-line.ts';
import { createLogProgress } from '../../lib/aws/log-progress.ts';
import type { ProgressEvent } from '../../lib/run/progress.ts';

/** What the log holds of events, a line each, as the functions' logger writes them. */
function logged(...events: readonly ProgressEvent[]): string[] {
  const lines: string[] = [];
  const progress = createLogProgress({
    info: (message, details) =>
      lines.push(
        JSON.stringify({ level: 'INFO', message, service: 'steadfast', runId: 'run-1', ...details }),
      ),
  });
  for (const event of events) progress.tell(event);
  return lines;
}

const window = {
  probe: 'products',
  startMs: 0,
  endMs: 1_000,
  count: 10,
  errors: 0,
  unusable: 0,
  p95Ms: 20.5,
};

describe('progress in the log', () => {
  it('is read again as it was told', () => {
    const events: ProgressEvent[] = [
      { kind: 'phase', atMs: 0, phase: 'stage', waitingFor: 'the stage', untilMs: 120_000, stage: 0 },
      { kind: 'fault', atMs: 1_000, stage: 0, status: 'running' },
      { kind: 'window', atMs: 1_000, window },
      { kind: 'note', atMs: 2_000, text: 'The fault bit.' },
      { kind: 'verdict', atMs: 3_000, verdict: 'held' },
    ];
    expect(logged(...events).map(progressOfLine)).toEqual(events);
  });

  it('has figures to a hundredth, so that a window of a second stays small', () => {
    const [line = ''] = logged({
      kind: 'window',
      atMs: 1_000,
      window: { ...window, p50Ms: 1 / 3, p99Ms: 200 / 3 },
    });
    expect(progressOfLine(line)).toMatchObject({ window: { p50Ms: 0.33, p99Ms: 66.67 } });
    expect(line.length).toBeLessThan(300);
  });

  it.each([
    ['no JSON', 'START RequestId: 1'],
    ['of something else', '{"message":"step done","next":"baseline"}'],
    [
      'of a phase that this version does not know',
      '{"progress":"phase","at":"2026-05-01T00:00:00Z","phase":"soar","waitingFor":"wings"}',
    ],
  ])('is passed over where a line is %s', (_what, line) => {
    expect(progressOfLine(line)).toBeUndefined();
  });
});
