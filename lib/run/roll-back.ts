import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { Probe } from '../experiment/probe.ts';
import { isHttpProbe } from '../experiment/probe-kind.ts';
import type { Rollback } from '../experiment/rollback.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import { limitOf } from '../steady-state/limit.ts';
import { type ProbeSpec, probeSpecs, type Seen, see, toleranceNames } from '../steady-state/probe-spec.ts';
import { note, type RunContext, record, recordFailures, recordFinding, type Step } from './context.ts';
import { insistent } from './insistent.ts';
import { iso } from './iso.ts';
import type { RollbackResult } from './journal.ts';
import { keepLease } from './lease.ts';
import { look } from './looks/look.ts';
import { sourcesOf } from './looks/sources.ts';
import { undone } from './undo-ledger.ts';

/** How long one step works at a rollback before it is called again: within the Task's time-out. */
const sliceMs = 60_000;
/** Between two tries of a rollback that fails. */
const retryMs = 1_000;
/** So many good looks in a row prove a rollback. */
const proofLooks = 3;
/** Of a metric one good reading does, which sums up its whole interval. */
const proofReadings = 1;
const proofEveryMs = 250;
/** How long a rollback that reports success may take to show before it is carried out again. */
const proofWithinMs = 10_000;

/** Carries out the next rollback and proves it by its probe, trying again until it is proven or its time is up. */
const carryOutNext: Step = async (context, before) => {
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

  const result = await tryAndProve(context, name, rollback, Math.min(untilMs, startMs + sliceMs));
  await keepLease(context, state);
  if (result.result !== 'proven' && ports.clock.now() < untilMs) {
    return {
      ...state,
      next: 'rollBack',
      rollback: { ...state.rollback, attempt: state.rollback.attempt + 1, untilMs },
    };
  }
  await record(context, `rollback-${name}`, { kind: 'rollback', at: result.at, result });
  await note(context, `rollback-${name}`, 'rollback', `Rollback ${name}: ${result.result}. ${result.detail}`);
  if (result.result === 'proven') await undone(context, { what: 'rollback', name });
  else {
    await recordFinding(context, `rollback-${name}`, {
      code: result.result === 'failed' ? 'rollback-failed' : 'rollback-unproven',
      verdict: 'unrecovered',
      message: `Rollback ${name} ${result.result === 'failed' ? 'failed' : 'could not be proven'}: ${result.detail}.`,
      hint: 'What it should have undone may still be there: look, and undo it by hand.',
    });
  }
  return { ...state, next: 'rollBack', rollback: { index: state.rollback.index + 1, attempt: 0 } };
};

/** The same, whatever becomes of the run's record. */
export const rollBack: Step = insistent('rollBack', carryOutNext);

async function tryAndProve(
  context: RunContext,
  name: string,
  rollback: Rollback,
  untilMs: number,
): Promise<RollbackResult> {
  const { ports } = context;
  let last: RollbackResult = {
    name,
    result: 'failed',
    detail: 'its time was up before it was tried',
    at: iso(ports.clock.now()),
  };
  while (ports.clock.now() < untilMs) {
    last = await tryOnce(context, name, rollback, untilMs);
    if (last.result === 'proven') return last;
    if (last.result === 'failed') await ports.clock.sleep(retryMs);
  }
  return last;
}

async function tryOnce(
  context: RunContext,
  name: string,
  rollback: Rollback,
  untilMs: number,
): Promise<RollbackResult> {
  const { clock, rollbacks } = context.ports;
  const now = () => iso(clock.now());
  let detail: string;
  try {
    detail = await rollbacks.perform(name, context.runId, untilMs - clock.now());
  } catch (cause) {
    return { name, result: 'failed', detail: messageOf(cause), at: now() };
  }
  // A probe that reads slowly is given the time for a reading of its own.
  const spec = proofSpec(context, rollback.provenBy);
  const withinMs = Math.max(proofWithinMs, 2 * ((spec?.intervalMs ?? 0) + (spec?.delayMs ?? 0)));
  const proof = await prove(context, rollback.provenBy, spec, Math.min(untilMs, clock.now() + withinMs));
  if (proof.proven) return { name, result: 'proven', detail, proof: proof.text, at: now() };
  return {
    name,
    result: 'unproven',
    detail: `${detail}, but ${rollback.provenBy} did not show it: ${proof.text}`,
    proof: proof.text,
    at: now(),
  };
}

const proofProbes = ({ experiment }: RunContext) => ({ ...experiment.steadyState, ...experiment.proofs });

const proofSpec = (context: RunContext, probe: string): ProbeSpec | undefined =>
  probeSpecs(proofProbes(context)).find((one) => one.name === probe);

/** Looks until the probe was well several times in a row, or the time is up. */
async function prove(
  context: RunContext,
  probeName: string,
  spec: ProbeSpec | undefined,
  untilMs: number,
): Promise<{ proven: boolean; text: string }> {
  const { clock } = context.ports;
  const probe = proofProbes(context)[probeName];
  if (spec === undefined || probe === undefined)
    return { proven: false, text: `there is no probe ${probeName}` };
  const looks = 'metric' in probe ? proofReadings : proofLooks;
  const sinceMs = clock.now();
  let wellInARow = 0;
  let last = 'nothing was seen';
  while (clock.now() < untilMs) {
    const look = await lookOnce(context, spec, probe, sinceMs);
    wellInARow = look.well ? wellInARow + 1 : 0;
    last = look.text;
    if (wellInARow >= looks)
      return { proven: true, text: `${probeName} was well ${looks} times in a row (${last})` };
    await clock.sleep(proofEveryMs);
  }
  return { proven: false, text: last };
}

/** Looks once; at a metric's newest reading since the rollback: an older one shows what was before. */
async function lookOnce(
  { ports }: RunContext,
  spec: ProbeSpec,
  probe: Probe,
  sinceMs: number,
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
  const stretch = { fromMs: sinceMs, toMs: Math.max(dueMs, sinceMs + 1) };
  const newest = (await look(sourcesOf({ ports }), ports.clock, spec, probe, stretch)).at(-1);
  if (newest === undefined) return { well: false, text: 'nothing was seen' };
  const { atMs, ...seen } = newest;
  return describeLook(spec, see(spec, { at: iso(atMs), probe: spec.name, ...seen }), seen.error);
}

function describeLook(
  spec: ProbeSpec,
  seen: Seen,
  error: string | undefined,
): { well: boolean; text: string } {
  const names = toleranceNames(spec.tolerances);
  const saysOf = (name: (typeof names)[number]) => limitOf(spec.tolerances, name)?.beyond(seen);
  const beyond = names.filter((name) => saysOf(name) === true);
  const figures = [
    seen.latencyMs === undefined ? '' : `${seen.latencyMs.toFixed(1)} ms`,
    seen.value === undefined ? '' : `value ${seen.value}`,
    error ?? '',
  ].filter(Boolean);
  const text = figures.join(', ') || 'no answer';
  return {
    // What says nothing of a tolerance does not show that it is met.
    well: seen.usable && !seen.failed && names.every((name) => saysOf(name) === false),
    text: beyond.length === 0 ? text : `${text}: beyond its ${beyond.join(', ')}`,
  };
}
