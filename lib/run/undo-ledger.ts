import { messageOf } from '../experiment/steadfast-error.ts';
import type { RunContext } from './context.ts';
import type { Undo } from './live-run.ts';

/**
 * Takes out of the ledger what has been undone. A failure ends nothing: what stays in it is at worst undone again, and every undo
 * may be repeated.
 */
export async function undone({ ports, runId }: RunContext, { what, name }: Undo): Promise<void> {
  try {
    await ports.liveRuns.undone(runId, [{ what, name }]);
  } catch (cause) {
    const text = `The ${what} ${name} is undone, and its ledger could not be written: ${messageOf(cause)}.`;
    ports.progress.tell({ kind: 'note', atMs: ports.clock.now(), text });
  }
}
