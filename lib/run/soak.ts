import type { Finding } from '../steady-state/finding.ts';
import { stagesOf } from '../steady-state/gather-phases.ts';
import { soakFindings } from '../steady-state/soak-findings.ts';
import type { Alarm } from '../steady-state/watch.ts';
import { afterLastStage } from './after-last-stage.ts';
import { note, observationKeys, type RunContext, record, recordFinding, type Step } from './context.ts';
import { gatherSoFar } from './gather-so-far.ts';
import { inWords, readGuards } from './guard-states.ts';
import { haltBy, haltByPerson } from './halt-by.ts';
import { samplesBehind } from './halt-samples.ts';
import { iso } from './iso.ts';
import { loseLease, stillHeld } from './lease.ts';
import { type ObservedSlice, observeSlice } from './observe-slice.ts';
import { pollGuards } from './poll-guards.ts';
import type { RunState } from './run-state.ts';
import { stageOf } from './stage.ts';
import { keepTraffic } from './traffic.ts';

type Halt = NonNullable<RunState['halt']>;

/**
 * Observes a slice of the time after a stage in which no fault is in place: harm that comes late must not be taken for the next stage's.
 * The next stage starts only where every tolerance was met all along. FIS watches nothing meanwhile, so the runner looks at all guards.
 */
export const soak: Step = async (context, before) => {
  const { ports } = context;
  const stage = stageOf(context, before);
  const prefix = observationKeys.soak(before.stage);
  const nowMs = ports.clock.now();
  const phase = before.phase ?? { startMs: nowMs, endMs: nowMs, slice: 0 };
  if (!(await stillHeld(context, before))) return loseLease(context, before);
  const state = await keepTraffic(context, before);
  if (phase.slice === 0) {
    await note(
      context,
      `soak-${state.stage}`,
      'phase',
      `Soak after stage ${stage.label}: no fault is in place.`,
    );
    await ports.store.saveObservations(context.runId, observationKeys.start(prefix), [
      { at: iso(phase.startMs), mark: 'soak-start', stage: stage.label },
    ]);
  }
  ports.progress.tell({
    kind: 'phase',
    atMs: nowMs,
    phase: 'soak',
    stage: state.stage,
    waitingFor: `the soak after stage ${stage.label}: steady state without a fault`,
    untilMs: phase.endMs,
  });

  const guards = pollGuards(context, nowMs, state.guardsOkMs);
  let halt: Halt | undefined;
  let cause: Alarm | undefined;
  const slice = await observeSlice(context, state, phase, prefix, {
    digest: state.watch,
    onTick: async (atMs, alarm) => {
      cause ??= alarm;
      halt ??= haltBy(alarm, atMs) ?? guards.tick(atMs) ?? (await haltByPerson(context, atMs));
      return halt !== undefined;
    },
  });
  cause ??= halt === undefined ? slice.alarm : undefined;
  halt ??= haltBy(slice.alarm, slice.endedMs) ?? (await haltByGuards(context));
  if (halt === undefined && slice.endedMs < phase.endMs) {
    const watch = slice.watch.digest();
    return { ...state, next: 'soak', phase: slice.next, watch, guardsOkMs: guards.seenOkMs() };
  }
  const endMs = halt === undefined ? phase.endMs : Math.min(slice.endedMs, phase.endMs);
  await written(context, state, { startMs: phase.startMs, endMs }, halt, cause, slice);
  const judged = stagesOf(await gatherSoFar(context))[state.stage];
  const isWell =
    halt === undefined && judged?.soak !== undefined && soakFindings(judged, state.stage).length === 0;
  const after = {
    ...state,
    // What comes back from here on comes back after the soak.
    faultEndMs: endMs,
    phase: undefined,
    watch: undefined,
    guardsOkMs: undefined,
  };
  return isWell
    ? { ...after, next: 'startStage', stage: state.stage + 1 }
    : { ...after, next: afterLastStage(context), halt: halt ?? state.halt };
};

/** A guard that is in alarm after each slice ends the run: whatever is wrong, no further fault may be put on top. */
async function haltByGuards(context: RunContext): Promise<Halt | undefined> {
  const bad = (await readGuards(context, Object.keys(context.input.guards))).filter(
    ({ state }) => state === 'alarm',
  );
  return bad.length === 0
    ? undefined
    : { by: 'guard', reason: inWords(bad), at: iso(context.ports.clock.now()) };
}

/** Writes down how the soak ended. */
async function written(
  context: RunContext,
  state: RunState,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  halt: Halt | undefined,
  cause: Alarm | undefined,
  { observations }: ObservedSlice,
): Promise<void> {
  const { ports, runId } = context;
  const stage = stageOf(context, state);
  await ports.store.saveObservations(runId, observationKeys.end(observationKeys.soak(state.stage)), [
    { at: iso(endMs), mark: 'soak-end', stage: stage.label },
  ]);
  const samples = cause === undefined ? {} : { samples: samplesBehind(cause, context.specs, observations) };
  await record(context, `stage-${state.stage}-soak`, {
    kind: 'stage',
    at: iso(endMs),
    stage: state.stage,
    set: {
      soak: {
        start: iso(startMs),
        end: iso(endMs),
        ...(halt === undefined ? {} : { halt: { ...halt, ...samples } }),
      },
    },
  });
  if (halt === undefined) return;
  await note(
    context,
    `soak-${state.stage}-halt`,
    'watch',
    `The soak after stage ${stage.label} ended early: ${halt.reason}.`,
  );
  const finding = findingOf(halt, stage.label, state.stage);
  if (finding !== undefined) await recordFinding(context, `soak-${state.stage}`, finding);
}

/** What the watch saw is judged from the samples; the rest is known here alone. */
function findingOf({ by, reason }: Halt, label: string, stage: number): Finding | undefined {
  const message = `In the soak after stage ${label}, without a fault, the run was ended: ${reason}.`;
  switch (by) {
    case 'person':
      return { code: 'halted-by-person', verdict: 'halted', stage, message };
    case 'guard':
      return { code: 'halted-by-guard', verdict: 'halted', stage, message };
    case 'blind':
      return { code: 'blind', verdict: 'inconclusive', stage, message };
    default:
      return undefined;
  }
}
