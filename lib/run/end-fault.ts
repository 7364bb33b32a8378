import { biteFindings, stageFindings } from '../steady-state/findings.ts';
import type { Finding } from '../steady-state/judgement.ts';
import {
  iso,
  note,
  observationKeys,
  type RunContext,
  record,
  recordFailures,
  recordFinding,
  type Step,
} from './context.ts';
import { judgeSoFar } from './judge-so-far.ts';
import type { BiteEvidence, FaultState } from './ports.ts';
import type { RunState } from './run-state.ts';
import { isTerminal, markFaultStart, stageOf } from './stage.ts';

/** How long one step waits for the end before it is called again: within the Task's time-out. */
const patienceMs = 45_000;

/** How long an FIS experiment may take to stop (its post actions run to their end) before a person is needed. */
const longestStopMs = 20 * 60_000;

/**
 * Sees the stage's fault into a terminal state, whatever brought us here: ended by itself, halted, or a step that failed, perhaps
 * before it could say which FIS experiment it had started. Then judges the stage: the next one starts only when this one was well.
 */
export const endFault: Step = async (context, before) => {
  const { ports } = context;
  const failed = Object.keys(before.failures).length > 0;
  const state = await recordFailures(context, { ...before, faultBegun: true });
  const experimentId = await findExperiment(context, state);
  if (experimentId === undefined) {
    await note(context, `stage-${state.stage}-none`, 'fault', 'No FIS experiment of this run is active.');
    return { ...state, next: afterLastStage(context), faultEndMs: ports.clock.now() };
  }
  const final = await stopAndWait(context, state, experimentId);
  if (final === undefined) {
    const startedMs = state.phase?.startMs ?? ports.clock.now();
    const deadlineMs = startedMs + stageOf(context, state).templateMs + longestStopMs;
    if (ports.clock.now() < deadlineMs) return { ...state, next: 'endFault', fisExperimentId: experimentId };
    await recordFinding(context, `stuck-${state.stage}`, {
      code: 'fault-not-ended',
      verdict: 'unrecovered',
      stage: state.stage,
      message: `FIS experiment ${experimentId} did not come to an end; it may still be doing harm.`,
      hint: 'Stop it in the FIS console, or engage the safety lever.',
    });
    return { ...state, next: 'rollBack', faultEndMs: ports.clock.now() };
  }
  await concludeStage(context, state, experimentId, final);
  const next = !failed && (await mayGoOn(context, state, final)) ? 'startStage' : afterLastStage(context);
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

const afterLastStage = ({ experiment }: RunContext): RunState['next'] =>
  Object.keys(experiment.rollbacks ?? {}).length > 0 ? 'rollBack' : 'recover';

/** The FIS experiment of the stage under way; where the state does not know it (a start that failed half-way), FIS is asked. */
async function findExperiment({ ports }: RunContext, state: RunState): Promise<string | undefined> {
  return state.fisExperimentId ?? (await ports.faults.active(state.runId))[0];
}

/** Stops the experiment unless it has ended, and waits for that; undefined when it has not within the step's patience. */
async function stopAndWait(
  { ports }: RunContext,
  state: RunState,
  experimentId: string,
): Promise<FaultState | undefined> {
  const giveUpMs = ports.clock.now() + patienceMs;
  for (;;) {
    const now = await ports.faults.state(experimentId);
    if (isTerminal(now)) {
      // A start that was repeated may have left another one of this run.
      for (const other of await ports.faults.active(state.runId)) await ports.faults.stop(other);
      return now;
    }
    if (now.status !== 'stopping') await ports.faults.stop(experimentId);
    if (ports.clock.now() >= giveUpMs) return undefined;
    await ports.clock.sleep(Math.min(1_000, ports.faults.pollMs));
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
  const bite = await ports.faults.bite(state.stage, experimentId);
  const bit = overallBite(bite);
  await ports.store.saveObservations(runId, observationKeys.end(observationKeys.stage(state.stage)), [
    { at: iso(endMs), mark: 'fault-end', stage: stage.label, ...(bit === undefined ? {} : { bite: bit }) },
  ]);
  await record(context, `stage-${state.stage}-end`, {
    kind: 'stage',
    at: iso(endMs),
    stage: state.stage,
    set: {
      fisExperimentId: experimentId,
      fisStatus: final.status,
      end: iso(endMs),
      bite: bite.map(({ fault, bit: one, evidence }) => ({
        fault,
        evidence,
        ...(one === undefined ? {} : { bit: one }),
      })),
      ...(final.stoppedBy === 'guard'
        ? {
            halt: {
              by: 'guard' as const,
              reason: `FIS stopped it by a stop condition (${final.reason})`,
              at: iso(endMs),
            },
          }
        : {}),
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
    };
  }
  if (final.status !== 'stopped' || state.halt !== undefined) return undefined;
  const by = final.stoppedBy === 'guard' ? 'a guard' : 'somebody outside this run';
  return {
    code: final.stoppedBy === 'guard' ? 'halted-by-guard' : 'halted-from-outside',
    verdict: 'halted',
    stage,
    message: `Stage ${label}: the fault was stopped by ${by}: ${final.reason}.`,
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
  const judged = (await judgeSoFar(context)).stages[state.stage];
  return (
    judged !== undefined &&
    stageFindings(judged, state.stage).length === 0 &&
    biteFindings(judged, state.stage).length === 0
  );
}
