import type { Alarm } from '../steady-state/watch.ts';
import { note, observationKeys, record, recordFinding, type Step } from './context.ts';
import { haltBy, haltByPerson } from './halt-by.ts';
import { samplesBehind } from './halt-samples.ts';
import { iso } from './iso.ts';
import { loseLease, stillHeld } from './lease.ts';
import { observeSlice } from './observe-slice.ts';
import { pollGuards } from './poll-guards.ts';
import type { FaultState } from './ports.ts';
import type { RunState } from './run-state.ts';
import { graceMs, isTerminal, markFaultStart, stageOf } from './stage.ts';
import { stopFault } from './stop-fault.ts';
import { keepTraffic } from './traffic.ts';

/** Observes a slice of the stage, and ends the fault at once when it must be. */
export const observeStage: Step = async (context, before) => {
  const { ports } = context;
  const stage = stageOf(context, before);
  const prefix = observationKeys.stage(before.stage);
  const phase = before.phase ?? {
    startMs: ports.clock.now(),
    endMs: ports.clock.now() + stage.templateMs + graceMs,
    slice: 0,
  };
  const experimentId = before.fisExperimentId ?? '';
  if (!(await stillHeld(context, before))) {
    await stopFault(context, before, experimentId);
    return loseLease(context, before);
  }
  const state = await keepTraffic(context, before);
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'stage',
    stage: state.stage,
    waitingFor: `the fault (${stage.label}) to run its time`,
    untilMs: phase.startMs + stage.templateMs,
  });

  const guards = pollGuards(context, ports.clock.now(), state.guardsOkMs);
  let halt: RunState['halt'];
  let cause: Alarm | undefined;
  let ended: FaultState | undefined;
  let marked = false;
  let lastPollMs = Number.NEGATIVE_INFINITY;
  const slice = await observeSlice(context, state, phase, prefix, {
    digest: state.watch,
    onTick: async (nowMs, alarm) => {
      cause ??= alarm;
      halt ??= haltBy(alarm, nowMs) ?? guards.tick(nowMs) ?? (await haltByPerson(context, nowMs));
      if (halt !== undefined) {
        await stopFault(context, state, experimentId);
        return true;
      }
      if (nowMs - lastPollMs < ports.faults.pollMs) return false;
      lastPollMs = nowMs;
      const now = await ports.faults.state(experimentId);
      if (!marked && now.faultStartMs !== undefined) {
        marked = true;
        await markFaultStart(context, state, now.faultStartMs);
        ports.progress.tell({
          kind: 'fault',
          atMs: nowMs,
          stage: state.stage,
          status: now.status,
          untilMs: now.faultStartMs + stage.durationMs,
        });
      }
      if (isTerminal(now)) ended = now;
      return ended !== undefined;
    },
  });
  // A fault that has ended by itself cannot be ended early; what was missed meanwhile is judged with the stage.
  if (halt === undefined && ended === undefined) {
    cause = slice.alarm;
    halt = haltBy(slice.alarm, slice.endedMs) ?? overrun(stage.templateMs, phase.endMs, slice.endedMs);
    if (halt !== undefined) await stopFault(context, state, experimentId);
  }
  if (halt !== undefined) {
    await note(context, `stage-${state.stage}-halt`, 'watch', `The fault was ended early: ${halt.reason}.`);
    await record(context, `stage-${state.stage}-halt`, {
      kind: 'stage',
      at: halt.at,
      stage: state.stage,
      set: {
        halt:
          cause === undefined
            ? halt
            : { ...halt, samples: samplesBehind(cause, context.specs, slice.observations) },
      },
    });
    if (halt.by === 'person') {
      await recordFinding(context, 'halt', {
        code: 'halted-by-person',
        verdict: 'halted',
        stage: state.stage,
        message: `Ended by a person: ${halt.reason}.`,
      });
    }
    if (halt.by === 'guard') {
      await recordFinding(context, 'guard', {
        code: 'halted-by-guard',
        verdict: 'halted',
        stage: state.stage,
        message: `Stage ${stage.label}: the fault was ended because ${halt.reason}.`,
      });
    }
    if (halt.by === 'blind') {
      await recordFinding(context, 'blind', {
        code: 'blind',
        verdict: 'inconclusive',
        stage: state.stage,
        message: `The fault was ended because of ${halt.reason}.`,
      });
    }
    if (halt.by === 'steadfast') {
      await recordFinding(context, 'overran', {
        code: 'overran',
        verdict: 'errored',
        stage: state.stage,
        message: `${halt.reason}; it was stopped.`,
      });
    }
    return { ...state, next: 'endFault', halt, watch: undefined, guardsOkMs: undefined };
  }
  if (ended !== undefined) return { ...state, next: 'endFault', watch: undefined, guardsOkMs: undefined };
  return {
    ...state,
    next: 'observeStage',
    phase: slice.next,
    watch: slice.watch.digest(),
    guardsOkMs: guards.seenOkMs(),
  };
};

const overrun = (templateMs: number, endMs: number, nowMs: number): RunState['halt'] =>
  nowMs < endMs
    ? undefined
    : {
        by: 'steadfast',
        reason: `the FIS experiment ran longer than its template's ${templateMs / 1_000} s`,
        at: iso(nowMs),
      };
