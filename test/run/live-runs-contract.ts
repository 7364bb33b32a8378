import { describe, expect, it } from 'vitest';
import type { LiveRuns } from '../../lib/run/ports.ts';
import type { RunRecord } from '../../lib/run/run-record.ts';

const run = { runId: 'run-1', experiment: 'slow-database', startedAtMs: 1_000 };
const record: RunRecord = {
  runId: 'run-1',
  experiment: 'slow-database',
  environment: 'staging',
  verdict: 'held',
  summary: 'It held.',
  start: '2026-01-01T00:00:00.000Z',
  end: '2026-01-01T00:10:00.000Z',
  services: ['shop'],
  faults: [],
};
const fault = { what: 'fault', name: '0' } as const;
const rollback = { what: 'rollback', name: 'cache.of/the-shop' } as const;

/** What every record of runs under way must do, the one in memory and the real one alike. */
export function itKeepsLiveRuns(create: () => LiveRuns): void {
  describe('as every record of runs under way', () => {
    it('lets a run begin, and begin again, until it is recorded as ended', async () => {
      const runs = create();
      expect(await runs.begin(run)).toBe('under way');
      await runs.willUndo('run-1', [fault], 2_000);
      expect(await runs.begin(run)).toBe('under way');
      expect(await runs.pending('run-1')).toHaveLength(1);
      await runs.close(record);
      expect(await runs.begin(run)).toBe('concluded');
      expect(await runs.pending('run-1')).toEqual([]);
    });

    it('keeps what has to be undone until it is undone, the oldest first', async () => {
      const runs = create();
      await runs.begin(run);
      await runs.willUndo('run-1', [rollback], 3_000);
      await runs.willUndo('run-1', [fault], 2_000);
      expect(await runs.pending('run-1')).toEqual([
        { ...fault, at: '1970-01-01T00:00:02.000Z' },
        { ...rollback, at: '1970-01-01T00:00:03.000Z' },
      ]);
      await runs.undone('run-1', [fault]);
      await runs.undone('run-1', [fault]);
      expect(await runs.pending('run-1')).toEqual([{ ...rollback, at: '1970-01-01T00:00:03.000Z' }]);
    });

    it('refuses to have anything begun that nobody would find to undo', async () => {
      const runs = create();
      await expect(runs.willUndo('run-1', [fault], 2_000)).rejects.toThrow('not among the runs under way');
      await runs.begin(run);
      await runs.close(record);
      await expect(runs.willUndo('run-1', [fault], 2_000)).rejects.toThrow('not among the runs under way');
      await runs.undone('run-1', [fault]);
    });

    it('gives the right to record the end until it has been recorded, and then tells how it was', async () => {
      const runs = create();
      expect(await runs.claim(run, 5_000)).toEqual({ yours: true });
      expect(await runs.claim(run, 9_000)).toEqual({ yours: true });
      await runs.close(record);
      await runs.close({ ...record, verdict: 'errored' });
      expect(await runs.claim(run, 9_000)).toEqual({ yours: false, verdict: 'held' });
    });

    it('remembers who has been told of the end of a run that is not yet recorded', async () => {
      const runs = create();
      await runs.begin(run);
      expect(await runs.mayTell('run-1', 'systems', 4_000)).toBe('yours');
      await runs.markTold('run-1', 'systems', 5_000);
      expect(await runs.mayTell('run-1', 'systems', 99_000)).toBe('told');
      expect(await runs.mayTell('run-1', 'people', 6_000)).toBe('yours');
      await runs.close(record);
      await runs.markTold('run-1', 'people', 7_000);
      expect(await runs.mayTell('run-1', 'people', 99_000)).toBe('told');
      expect(await runs.begin(run)).toBe('concluded');
    });
  });
}
