import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { Finding } from '../steady-state/finding.ts';
import { note, type RunContext, record, recordFinding, type Step } from './context.ts';
import { guardHint, inWords, readGuards } from './guard-states.ts';
import { iso } from './iso.ts';
import { loseLease, stillHeld } from './lease.ts';
import type { Undo } from './live-run.ts';
import type { RunState } from './run-state.ts';
import { graceMs, stageOf } from './stage.ts';
import { undone } from './undo-ledger.ts';

/** Starts the stage's fault, once: the same run and stage always give the same FIS experiment. */
export const startStage: Step = async (context, state) => {
  const { ports, runId } = context;
  const stage = stageOf(context, state);
  if (!(await stillHeld(context, state))) return loseLease(context, state);
  const afterwards = state.faultBegun ? 'rollBack' : 'conclude';
  const halt = await ports.halts.requested(runId);
  if (halt !== undefined) {
    await recordFinding(context, 'halt', {
      code: 'halted-by-person',
      verdict: 'halted',
      message: `Ended before stage ${stage.label}: ${halt.reason}.`,
    });
    const at = iso(ports.clock.now());
    return { ...state, next: afterwards, halt: { by: 'person', reason: halt.reason, at } };
  }
  const unfit = await unfitGuards(context, state, stage.label);
  if (unfit !== undefined) {
    await recordFinding(context, `guards-${state.stage}`, unfit);
    return { ...state, next: afterwards };
  }
  // Written before the start: whoever finds this run dead knows what to end, and what to roll back.
  const rollbacks = state.faultBegun ? [] : Object.keys(context.experiment.rollbacks ?? {});
  const undos: Undo[] = [
    { what: 'fault', name: String(state.stage) },
    ...rollbacks.map((name) => ({ what: 'rollback', name }) as const),
  ];
  await ports.liveRuns.willUndo(runId, undos, ports.clock.now());
  try {
    const { experimentId } = await ports.faults.start(state.stage, {
      runId,
      token: `${runId}-stage-${state.stage}`,
    });
    const startMs = ports.clock.now();
    await note(
      context,
      `stage-${state.stage}-start`,
      'fault',
      `Stage ${stage.label}: FIS experiment ${experimentId} was started.`,
    );
    await record(context, `stage-${state.stage}-start`, {
      kind: 'stage',
      at: iso(startMs),
      stage: state.stage,
      set: { fisExperimentId: experimentId },
    });
    const phase = { startMs, endMs: startMs + stage.templateMs + graceMs, slice: 0 };
    return {
      ...state,
      next: 'confirmTargets',
      faultBegun: true,
      fisExperimentId: experimentId,
      faultEndMs: undefined,
      watch: undefined,
      guardsOkMs: undefined,
      phase,
    };
  } catch (cause) {
    const finding = startRefused(cause, stage.label);
    if (finding === undefined) throw cause;
    await recordFinding(context, `start-${state.stage}`, finding);
    // Nothing was started, so there is nothing to undo.
    for (const undo of undos) await undone(context, undo);
    return { ...state, next: afterwards };
  }
};

/**
 * The finding that keeps a stage from starting: each guard must be OK, with data, immediately before. FIS does not say what it makes
 * of an alarm that is gone or has no data, so those that it watches are asked as well.
 */
async function unfitGuards(
  context: RunContext,
  { stage, faultBegun }: RunState,
  label: string,
): Promise<Finding | undefined> {
  const { guards } = context.input;
  const bad = (await readGuards(context, Object.keys(guards))).filter(({ state }) => state !== 'ok');
  if (bad.length === 0) return undefined;
  const message = `Immediately before stage ${label}, ${inWords(bad)}; nothing was started.`;
  const hint = guardHint(bad);
  const told = { message, ...(hint === undefined ? {} : { hint }) };
  if (!faultBegun) return { code: 'guard-not-ok', verdict: 'rejected', rejection: 'guard', ...told };
  return bad.some(({ state }) => state === 'alarm')
    ? { code: 'halted-by-guard', verdict: 'halted', stage, ...told }
    : { code: 'blind', verdict: 'inconclusive', stage, ...told };
}

/** The finding of a start that FIS refused; undefined for any other failure. */
function startRefused(cause: unknown, label: string): Finding | undefined {
  if (!(cause instanceof SteadfastError) || (cause.code !== 'permission' && cause.code !== 'busy'))
    return undefined;
  return {
    code: 'start-refused',
    verdict: 'rejected',
    rejection: cause.code,
    message: `FIS refused to start stage ${label}: ${messageOf(cause)}.`,
    ...(cause.hint === undefined ? {} : { hint: cause.hint }),
  };
}
