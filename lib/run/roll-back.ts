import { defaults } from '../experiment/defaults.ts';
import { isHttpProbe, type Probe } from '../experiment/probe.ts';
import type { Rollback } from '../experiment/rollback.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import { limitOf } from '../steady-state/limit.ts';
import { type ProbeSpec, probeSpecs, type Seen, see, toleranceNames } from '../steady-state/probe-spec.ts';
import {
  defaultMs,
  iso,
  note,
  type RunContext,
  record,
  recordFailures,
  recordFinding,
  type Step,
} from './context.ts';
import type { RollbackResult } from './journal.ts';

/** How long one step works at a rollback before it is called again: within the Task's time-out. */
const sliceMs = 60_000;
/** Between two tries of a rollback that fails. */
const retryMs = 1_000;
/** So many good looks in a row prove a rollback. */
const proofLooks = 3;
const proofEveryMs = 250;

/** Carries out the next rollback and proves it by its probe, trying again until it is proven or its time is up. */
export const rollBack: Step = async (context, before) => {
  const { ports, experiment } = context;
  const state = await recordFailures(context, before);
  const [name, rollback] = Object.entries(experiment.rollbacks ?? {})[state.rollback.index] ?? [];
  if (name === undefined || rollback === undefined) return { ...state, next: 'recover', phase: undefined };

  const startMs = ports.clock.now();
  const untilMs =
    state.rollback.untilMs ?? startMs + (rollback.timeout?.ms ?? defaultMs(defaults.rollbackTimeout));
  ports.progress.tell({
    kind: 'phase',
    atMs: startMs,
    phase: 'roll back',
    waitingFor: `rollback ${name} and its proof`,
    untilMs,
  });
  await record(context, `undo-rollback-${name}`, { kind: 'undo', at: iso(startMs), what: 'rollback', name });

  const result = await tryAndProve(context, name, rollback, Math.min(untilMs, startMs + sliceMs));
  if (result.result !== 'proven' && ports.clock.now() < untilMs) {
    return {
      ...state,
      next: 'rollBack',
      rollback: { ...state.rollback, attempt: state.rollback.attempt + 1, untilMs },
    };
  }
  await record(context, `rollback-${name}`, { kind: 'rollback', at: result.at, result });
  await note(context, `rollback-${name}`, 'rollback', `Rollback ${name}: ${result.result}. ${result.detail}`);
  if (result.result !== 'proven') {
    await recordFinding(context, `rollback-${name}`, {
      code: result.result === 'failed' ? 'rollback-failed' : 'rollback-unproven',
      verdict: 'unrecovered',
      message: `Rollback ${name} ${result.result === 'failed' ? 'failed' : 'could not be proven'}: ${result.detail}.`,
      hint: 'What it should have undone may still be there: look, and undo it by hand.',
    });
  }
  return { ...state, next: 'rollBack', rollback: { index: state.rollback.index + 1, attempt: 0 } };
};

async function tryAndProve(
  context: RunContext,
  name: string,
  rollback: Rollback,
  untilMs: number,
): Promise<RollbackResult> {
  const { ports, runId } = context;
  let failure = 'its time was up before it was tried';
  while (ports.clock.now() < untilMs) {
    try {
      const detail = await ports.rollbacks.perform(name, runId, untilMs - ports.clock.now());
      const proof = await prove(context, rollback.provenBy, untilMs);
      const at = iso(ports.clock.now());
      return proof.proven
        ? { name, result: 'proven', detail, proof: proof.text, at }
        : {
            name,
            result: 'unproven',
            detail: `${detail}, but ${rollback.provenBy} did not show it: ${proof.text}`,
            proof: proof.text,
            at,
          };
    } catch (cause) {
      failure = messageOf(cause);
      await ports.clock.sleep(retryMs);
    }
  }
  return { name, result: 'failed', detail: failure, at: iso(ports.clock.now()) };
}

/** Looks until the probe was well several times in a row, or the time is up. */
async function prove(
  context: RunContext,
  probeName: string,
  untilMs: number,
): Promise<{ proven: boolean; text: string }> {
  const { ports, experiment } = context;
  const probes = { ...experiment.steadyState, ...experiment.proofs };
  const spec = probeSpecs(probes).find((one) => one.name === probeName);
  const probe = probes[probeName];
  if (spec === undefined || probe === undefined)
    return { proven: false, text: `there is no probe ${probeName}` };
  let wellInARow = 0;
  let last = 'nothing was seen';
  while (ports.clock.now() < untilMs) {
    const look = await lookOnce(context, spec, probe);
    wellInARow = look.well ? wellInARow + 1 : 0;
    last = look.text;
    if (wellInARow >= proofLooks)
      return { proven: true, text: `${probeName} was well ${proofLooks} times in a row (${last})` };
    await ports.clock.sleep(proofEveryMs);
  }
  return { proven: false, text: last };
}

async function lookOnce(
  { ports }: RunContext,
  spec: ProbeSpec,
  probe: Probe,
): Promise<{ well: boolean; text: string }> {
  const dueMs = ports.clock.now();
  if (isHttpProbe(probe)) {
    const outcome = await ports.prober.ask({
      probe: spec.name,
      definition: probe,
      dueMs,
      timeoutMs: spec.timeoutMs,
    });
    return describeLook(spec, see(spec, { at: iso(dueMs), probe: spec.name, ...outcome }), outcome.error);
  }
  const reading = (await ports.metrics.read(probe.metric, dueMs - spec.intervalMs - spec.delayMs, dueMs)).at(
    -1,
  );
  if (reading === undefined) return { well: false, text: 'the metric has no data' };
  return describeLook(
    spec,
    see(spec, { at: iso(reading.atMs), probe: spec.name, value: reading.value }),
    undefined,
  );
}

function describeLook(
  spec: ProbeSpec,
  seen: Seen,
  error: string | undefined,
): { well: boolean; text: string } {
  const beyond = toleranceNames(spec.tolerances).filter(
    (name) => limitOf(spec.tolerances, name)?.beyond(seen) === true,
  );
  const figures = [
    seen.latencyMs === undefined ? '' : `${seen.latencyMs.toFixed(1)} ms`,
    seen.value === undefined ? '' : `value ${seen.value}`,
    error ?? '',
  ].filter(Boolean);
  const text = figures.join(', ') || 'no answer';
  return {
    well: seen.usable && !seen.failed && beyond.length === 0,
    text: beyond.length === 0 ? text : `${text}: beyond its ${beyond.join(', ')}`,
  };
}
