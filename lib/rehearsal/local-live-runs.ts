import { SteadfastError } from '../experiment/steadfast-error.ts';
import { type LiveRun, pendingOf, toldOf, undoKey } from '../run/live-run.ts';
import type { LiveRuns } from '../run/ports.ts';
import type { RunRecord } from '../run/run-record.ts';

/** Runs under way in memory: of a rehearsal, whose process is its run. */
export function createLocalLiveRuns(): LiveRuns {
  const live = new Map<string, LiveRun>();
  const ended = new Map<string, RunRecord>();
  return {
    begin: async (run) => {
      if (ended.has(run.runId)) return 'concluded';
      live.set(run.runId, live.get(run.runId) ?? { ...run, pending: {} });
      return 'under way';
    },
    willUndo: async (runId, undos, atMs) => {
      const run = live.get(runId);
      if (run === undefined)
        throw new SteadfastError('internal', `run ${runId} is not among the runs under way`);
      const at = new Date(atMs).toISOString();
      const more = Object.fromEntries(undos.map((undo) => [undoKey(undo), at]));
      live.set(runId, { ...run, pending: { ...run.pending, ...more } });
    },
    undone: async (runId, undos) => {
      const run = live.get(runId);
      if (run === undefined) return;
      const keys = new Set(undos.map(undoKey));
      const left = Object.entries(run.pending).filter(([key]) => !keys.has(key));
      live.set(runId, { ...run, pending: Object.fromEntries(left) });
    },
    pending: async (runId) => {
      const run = live.get(runId);
      return run === undefined ? [] : pendingOf(run);
    },
    claim: async ({ runId }) => {
      const record = ended.get(runId);
      return record === undefined ? { yours: true } : { yours: false, verdict: record.verdict };
    },
    mayTell: async (runId, audience) => {
      const before = live.get(runId);
      const isTold = before !== undefined && toldOf(before).includes(audience);
      return isTold || ended.has(runId) ? 'told' : 'yours';
    },
    markTold: async (runId, audience, atMs) => {
      const run = live.get(runId);
      const at = new Date(atMs).toISOString();
      if (run !== undefined)
        live.set(runId, { ...run, ...(audience === 'people' ? { toldPeople: at } : { toldSystems: at }) });
    },
    close: async (record) => {
      if (!ended.has(record.runId)) ended.set(record.runId, record);
      live.delete(record.runId);
    },
  };
}
