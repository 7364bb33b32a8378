import type { Finding } from '../steady-state/finding.ts';
import { biteFindings, stageFindings } from '../steady-state/findings.ts';
import { stagesOf } from '../steady-state/gather-phases.ts';
import { afterLastStage } from './after-last-stage.ts';
import {
  baselineMs,
  note,
  observationKeys,
  type RunContext,
  record,
  recordFailures,
  recordFinding,
  type Step,
} from './context.ts';
import { gatherSoFar } from './gather-so-far.ts';
import { insistent } from './insistent.ts';
import { iso } from './iso.ts';
import { keepLease } from './lease.ts';
import type { BiteEvidence, FaultState, Stretch } from './ports.ts';
import type { RunState } from './run-state.ts';
import { isTerminal, markFaultStart, stageOf } from './stage.ts';
import { stopFault } from './stop-fault.ts';
import { undone } from './undo-ledger.ts';

/** How long one step waits for the end before it is called again: within the Task's time-out. */
const patienceMs = 45_000;

/** How long an FIS experiment may take to stop (its post actions run to their end) before a person is needed. */
const longestStopMs = 20 * 60_000;

/**
 * Sees the stage's fault into a terminal state, whatever brought us here: ended by itself, halted, or a step that failed, perhaps
 * before it could say which FIS experiment it had started. Then judges the stage: the next one starts only when this one was well.
 */
const seeToTheEnd: Step = async (context, before) => {
  const { ports } = context;
  // Stopped before anything is written down or renewed: a store that fails must not keep a fault alive.
  const lateStartUntilMs = before.lateStartUntilMs ?? lateStart(context, before);
  const experimentId = await findExperiment(context, before, lateStartUntilMs);
  if (experimentId === undefined && ports.clock.now() < lateStartUntilMs)
    return { ...before, next: 'endFault', lateStartUntilMs };
  const final = experimentId === undefined ? undefined : await stopAndWait(context, before, experimentId);
  const state = await recordFailures(context, {
    ...before,
    faultBegun: true,
    halt: before.halt ?? haltByFailure(context, before),
  });
  await keepLease(context, state);
  if (experimentId === undefined) {
    await note(context, `stage-${state.stage}-none`, 'fault', 'No FIS experiment of this run is active.');
    return {
      ...state,
      next: afterLastStage(context),
      faultEndMs: state.faultEndMs ?? ports.clock.now(),
      phase: undefined,
      watch: undefined,
    };
  }
  if (final === undefined) {
    const phase = state.phase ?? { startMs: ports.clock.now(), endMs: ports.clock.now(), slice: 0 };
    const deadlineMs = phase.startMs + stageOf(context, state).templateMs + longestStopMs;
    if (ports.clock.now() < deadlineMs)
      return { ...state, next: 'endFault', fisExperimentId: experimentId, phase };
    await recordFinding(context, `stuck-${state.stage}`, {
      code: 'fault-not-ended',
      verdict: 'unrecovered',
      stage: state.stage,
      message: `FIS experiment ${experimentId} did not come to an end; it may still be doing harm.`,
      hint: 'Stop it in the FIS console, or engage the safety lever.',
    });
    return {
      ...state,
      next: 'rollBack',
      faultEndMs: ports.clock.now(),
      phase: undefined,
      watch: undefined,
    };
  }
  await undone(context, { what: 'fault', name: String(state.stage) });
  await concludeStage(context, state, experimentId, final);
  const goesOn = await mayGoOn(context, state, final);
  const { soakMs } = stageOf(context, state);
  if (goesOn && soakMs !== undefined) return beginSoak(context, state, final, soakMs);
  const next = goesOn ? 'startStage' : afterLastStage(context);
  return {
    ...state,
    next,
    stage: next === 'startStage' ? state.stage + 1 : state.stage,
    fisExperimentId: undefined,
    faultEndMs: final.endMs ?? ports.clock.now(),
    phase: undefined,
    watch: undefined,
  };
};

/** The same, whatever becomes of the run's record. */
export const endFault: Step = insistent('endFault', seeToTheEnd);

/** A stage that was well is soaked before the next one: its time begins only now that the evidence has been looked for. */
function beginSoak({ ports }: RunContext, state: RunState, final: FaultState, soakMs: number): RunState {
  const startMs = ports.clock.now();
  return {
    ...state,
    next: 'soak',
    fisExperimentId: undefined,
    faultEndMs: final.endMs ?? startMs,
    phase: { startMs, endMs: startMs + soakMs, slice: 0 },
    watch: undefined,
    guardsOkMs: undefined,
  };
}

/** A step that failed has ended the stage, however it came to its end: no further one may start. */
function haltByFailure({ ports }: RunContext, { failures }: RunState): RunState['halt'] {
  const [step] = Object.keys(failures);
  if (step === undefined) return undefined;
  return { by: 'steadfast', reason: `Steadfast's step ${step} failed`, at: iso(ports.clock.now()) };
}

/** A function that nobody waits for any more may run on to its own time-out (80 s, lib/plan/function-sizes.ts), and start a fault. */
const mayStartMs = 80_000;

/** Until when a fault may still be started by a function whose answer never came. */
const lateStart = ({ ports }: RunContext, { failures }: RunState): number =>
  /^(Lambda|States)\./.test(failures['startStage']?.Error ?? '') ? ports.clock.now() + mayStartMs : 0;

/**
 * The FIS experiment of the stage under way; where the state does not know it (a start that failed half-way), FIS is asked for as long
 * as the step has patience and one may still be started.
 */
async function findExperiment(
  { ports }: RunContext,
  state: RunState,
  lateStartUntilMs: number,
): Promise<string | undefined> {
  const giveUpMs = Math.min(ports.clock.now() + patienceMs, lateStartUntilMs);
  for (;;) {
    const found = state.fisExperimentId ?? (await ports.faults.active(state.runId))[0];
    if (found !== undefined || ports.clock.now() >= giveUpMs) return found;
    await ports.clock.sleep(ports.faults.pollMs);
  }
}

/** Stops the experiment unless it has ended, and waits for that; undefined when it has not within the step's patience. */
async function stopAndWait(
  context: RunContext,
  state: RunState,
  experimentId: string,
): Promise<FaultState | undefined> {
  const { ports } = context;
  const giveUpMs = ports.clock.now() + patienceMs;
  for (;;) {
    const now = await stateOrStop(context, state, experimentId);
    if (isTerminal(now)) {
      // A start that was repeated may have left another one of this run.
      for (const other of await ports.faults.active(state.runId)) await stopFault(context, state, other);
      return now;
    }
    if (now.status !== 'stopping') await stopFault(context, state, experimentId);
    if (ports.clock.now() >= giveUpMs) return undefined;
    await ports.clock.sleep(Math.min(1_000, ports.faults.pollMs));
  }
}

/** The experiment's state; where it cannot be read, its end is asked for all the same before the step fails. */
async function stateOrStop(context: RunContext, state: RunState, experimentId: string): Promise<FaultState> {
  try {
    return await context.ports.faults.state(experimentId);
  } catch (cause) {
    await stopFault(context, state, experimentId);
    throw cause;
  }
}

/** Writes down how the stage ended: marks, status, and the evidence of its bite. */
async function concludeStage(
  context: RunContext,
  state: RunState,
  experimentId: string,
  final: FaultState,
): Promise<void> {
  const { ports, runId } = context;
  const stage = stageOf(context, state);
  const endMs = final.endMs ?? ports.clock.now();
  await markFaultStart(context, state, final.faultStartMs ?? Math.min(state.phase?.startMs ?? endMs, endMs));
  const markEnd = (bit: boolean | undefined) =>
    ports.store.saveObservations(runId, observationKeys.end(observationKeys.stage(state.stage)), [
      { at: iso(endMs), mark: 'fault-end', stage: stage.label, ...(bit === undefined ? {} : { bite: bit }) },
    ]);
  // Marked before the evidence is looked for: without it nobody could judge the recovery.
  await markEnd(undefined);
  const bite = await ports.faults.bite(state.stage, experimentId, await baselineStretch(context));
  await markEnd(overallBite(bite));
  await record(context, `stage-${state.stage}-end`, {
    kind: 'stage',
    at: iso(endMs),
    stage: state.stage,
    set: {
      fisExperimentId: experimentId,
      fisStatus: final.status,
      end: iso(endMs),
      bite: bite.map(({ bit: one, ...told }) => ({ ...told, ...(one === undefined ? {} : { bit: one }) })),
      ...journalHalt(final, state, endMs),
    },
  });
  await note(
    context,
    `stage-${state.stage}-end`,
    'fault',
    `Stage ${stage.label}: FIS experiment ${experimentId} ${final.status}.`,
    endMs,
  );
  const finding = statusFinding(final, state, stage.label);
  if (finding !== undefined) await recordFinding(context, `status-${state.stage}`, finding);
}

/** When the baseline was, as its mark tells. */
async function baselineStretch(context: RunContext): Promise<Stretch | undefined> {
  const { ports, runId } = context;
  const key = observationKeys.start(observationKeys.baseline);
  for await (const observation of ports.store.observations(runId, key)) {
    const fromMs = Date.parse(observation.at);
    return { fromMs, toMs: fromMs + baselineMs(context) };
  }
  return undefined;
}

/** A guard's halt, or one by a step that failed; any other has been written down by the step that ended the fault. */
function journalHalt(
  final: FaultState,
  state: RunState,
  endMs: number,
): { halt?: RunState['halt'] & object } {
  if (final.stoppedBy === 'guard') {
    const reason = `FIS stopped it by a stop condition (${final.reason})`;
    return { halt: { by: 'guard', reason, at: iso(endMs) } };
  }
  return final.status === 'stopped' && state.halt?.by === 'steadfast' ? { halt: state.halt } : {};
}

/** Every fault of the stage must have bitten; one that did not, or that nobody could tell of, decides. */
function overallBite(bite: readonly BiteEvidence[]): boolean | undefined {
  if (bite.length === 0) return undefined;
  if (bite.some((one) => one.bit === false)) return false;
  return bite.every((one) => one.bit === true) ? true : undefined;
}

function statusFinding(final: FaultState, state: RunState, label: string): Finding | undefined {
  const stage = state.stage;
  if (final.status === 'failed' || final.status === 'cancelled') {
    return {
      code: `fis-${final.status}`,
      verdict: 'inconclusive',
      stage,
      message: `Stage ${label}: the FIS experiment ${final.status}: ${final.reason}.`,
      hint:
        final.status === 'failed'
          ? 'FIS says in its own words what it lacked: often a permission of its role, or a target that has gone. What its actions had begun by then has been undone by FIS as far as it can: look at the targets.'
          : 'FIS cancelled it before any action: often the safety lever is engaged, or nothing matched the selector any more.',
    };
  }
  // A guard may have stopped what this run then wished to end for a lesser reason.
  const isTold = state.halt?.by === 'guard' || (state.halt !== undefined && final.stoppedBy !== 'guard');
  if (final.status !== 'stopped' || isTold) return undefined;
  const by = final.stoppedBy === 'guard' ? 'a guard' : 'somebody outside this run';
  return {
    code: final.stoppedBy === 'guard' ? 'halted-by-guard' : 'halted-from-outside',
    verdict: 'halted',
    stage,
    message: `Stage ${label}: the fault was stopped by ${by}: ${final.reason}.`,
    ...(final.stoppedBy === 'guard'
      ? {}
      : {
          hint: 'CloudTrail tells who called fis:StopExperiment; an engaged safety lever stops every experiment of the account and Region.',
        }),
  };
}

/** Whether the next stage may start: this one ran its time, every tolerance was met, and its fault bit. */
async function mayGoOn(context: RunContext, state: RunState, final: FaultState): Promise<boolean> {
  if (
    state.stage + 1 >= context.input.stages.length ||
    final.status !== 'completed' ||
    state.halt !== undefined
  )
    return false;
  const judged = stagesOf(await gatherSoFar(context))[state.stage];
  return (
    judged !== undefined &&
    stageFindings(judged, state.stage).length === 0 &&
    biteFindings(judged, state.stage).length === 0
  );
}
