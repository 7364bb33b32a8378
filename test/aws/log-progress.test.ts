import { describe, expect, it } from 'vitest';
import { createLogProgress } from '../../lib/aws/log-progress.ts';

describe('progress in the log', () => {
  it('is information, but for windows, which are many', () => {
    const lines: [string, Record<string, unknown>][] = [];
    const progress = createLogProgress({
      info: (_, details) => lines.push(['info', details]),
      debug: (_, details) => lines.push(['debug', details]),
    });
    const window = { probe: 'products', startMs: 0, endMs: 1_000, count: 1, errors: 0, unusable: 0 };
    progress.tell({ kind: 'phase', atMs: 0, phase: 'baseline', waitingFor: 'steady state' });
    progress.tell({ kind: 'window', atMs: 1_000, window });
    expect(lines).toEqual([
      [
        'info',
        { progress: 'phase', at: '1970-01-01T00:00:00.000Z', phase: 'baseline', waitingFor: 'steady state' },
      ],
      ['debug', { progress: 'window', at: '1970-01-01T00:00:01.000Z', window }],
    ]);
  });
});
