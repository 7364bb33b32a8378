import { type LiveRun, pendingOf } from '../../run/live-run.ts';

/** What a run under way is at, as far as its ledger tells. */
export function liveWords(run: LiveRun): string {
  if (run.concluding !== undefined) return 'concluding';
  const pending = pendingOf(run);
  const fault = pending.findLast(({ what }) => what === 'fault');
  if (fault !== undefined) return `fault of stage ${Number(fault.name) + 1}`;
  if (pending.some(({ what }) => what === 'rollback')) return 'rolling back';
  return pending.length > 0 ? 'no fault, traffic on' : 'no fault';
}
