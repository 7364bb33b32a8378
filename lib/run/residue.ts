import * as z from 'zod/mini';
import { messageOf } from '../experiment/steadfast-error.ts';
import { type RunContext, record, recordFinding } from './context.ts';
import { iso } from './iso.ts';
import type { LeftBehind, Target } from './ports.ts';

/** Before anything is touched: sees how things are, so that what a fault leaves behind can be told from it. */
export async function rememberBefore(context: RunContext, targets: readonly Target[]): Promise<void> {
  const { ports } = context;
  const seen = await ports.residue.remember(targets);
  await record(context, 'remembered', {
    kind: 'remembered',
    at: iso(ports.clock.now()),
    seen: z.record(z.string(), z.json()).parse(seen),
  });
}

/**
 * Looks for what the fault has left behind. A fault that is still there is `unrecovered`, whatever the probes saw; what nobody could
 * look at is told too. Never keeps a run from its conclusion.
 */
export async function lookForResidue(context: RunContext): Promise<void> {
  const { left, unseen } = await residueOf(context);
  const found = [...(await stillActive(context)), ...left];
  for (const [index, residue] of found.entries()) {
    const key = String(index).padStart(3, '0');
    const at = iso(context.ports.clock.now());
    await record(context, `residue-${key}`, { kind: 'residue', at, residue });
    await recordFinding(context, `residue-${key}`, {
      code: 'residue',
      verdict: 'unrecovered',
      message: `The fault left something behind: ${residue.what}.`,
      hint: residue.hint,
    });
  }
  for (const [index, { what, hint }] of unseen.entries()) {
    await recordFinding(context, `residue-unseen-${String(index).padStart(3, '0')}`, {
      code: 'residue-unknown',
      verdict: 'inconclusive',
      message: `Nobody could tell whether the fault left something behind: ${what}.`,
      hint,
    });
  }
}

/** Everything before is read again: what was remembered, and what the stages have hit. */
async function residueOf({
  ports,
  runId,
}: RunContext): Promise<{ left: readonly LeftBehind[]; unseen: readonly LeftBehind[] }> {
  try {
    const entries = await ports.store.entries(runId);
    const remembered = entries.flatMap((entry) =>
      entry.kind === 'remembered' ? Object.entries(entry.seen) : [],
    );
    const hit = entries.flatMap((entry) => (entry.kind === 'stage' ? (entry.set.targets ?? []) : []));
    return await ports.residue.look({ remembered: Object.fromEntries(remembered), hit });
  } catch (cause) {
    const what = `the look for it failed (${messageOf(cause)})`;
    return { left: [], unseen: [{ what, hint: 'Look at the targets yourself.' }] };
  }
}

/** FIS experiments of this run that do not end, although their end was asked for. Where FIS does not answer, that has been told. */
async function stillActive({ ports, runId }: RunContext): Promise<LeftBehind[]> {
  try {
    return (await ports.faults.active(runId)).map((id) => ({
      what: `FIS experiment ${id} of this run has not ended`,
      hint: 'Stop it in the FIS console, or engage the safety lever.',
    }));
  } catch {
    return [];
  }
}
