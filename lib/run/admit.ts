import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { Rejection } from '../experiment/verdict.ts';
import { baselineMs, iso, note, type RunContext, record, recordFinding, type Step } from './context.ts';
import { leaseMs } from './lease.ts';
import { trespass } from './ownership.ts';
import type { Target } from './ports.ts';

/** One condition of admission: passed with its evidence, or not, with the rejection it means. */
interface Check {
  readonly check: string;
  readonly passed: boolean;
  readonly evidence: string;
  readonly rejection: Rejection;
  readonly hint?: string;
}

/**
 * Admits a run or rejects it, before anything is touched: kill switch, blackout, lease, guards, every resource that the selectors can
 * match, then a preview. Each check is kept with its evidence. The first that fails ends admission.
 */
export const admit: Step = async (context, state) => {
  const { ports, input } = context;
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'admit',
    waitingFor: 'every check before a fault',
  });
  await note(context, 'admitted', 'phase', `Admission of ${input.environment.id} began.`);
  let lease = state.lease;
  for (const check of [checkHalts, checkBlackouts, checkLease, checkGuards, checkTargets]) {
    const result = await check(context);
    await record(context, `check-${result.check}`, {
      kind: 'check',
      at: iso(ports.clock.now()),
      check: result.check,
      passed: result.passed,
      evidence: result.evidence,
    });
    if (check === checkLease && result.passed) lease = input.touches;
    if (!result.passed) {
      await recordFinding(context, 'admission', {
        code: `check-${result.check}`,
        verdict: 'rejected',
        rejection: result.rejection,
        message: `Not admitted: ${result.evidence}.`,
        ...(result.hint === undefined ? {} : { hint: result.hint }),
      });
      return { ...state, lease, next: 'conclude' };
    }
  }
  const startMs = ports.clock.now();
  return {
    ...state,
    lease,
    next: 'baseline',
    phase: { startMs, endMs: startMs + baselineMs(context), slice: 0 },
  };
};

async function checkHalts({ ports, runId }: RunContext): Promise<Check> {
  const halt = await ports.halts.requested(runId);
  const base = { check: 'kill-switch', rejection: 'locked' } as const;
  return halt === undefined
    ? { ...base, passed: true, evidence: 'nobody asked for a halt' }
    : { ...base, passed: false, evidence: `a halt was asked for: ${halt.reason}` };
}

async function checkBlackouts({ ports, input }: RunContext): Promise<Check> {
  const now = ports.clock.now();
  const base = { check: 'blackout', rejection: 'blackout' } as const;
  const current = input.blackouts.find((b) => Date.parse(b.from) <= now && now < Date.parse(b.until));
  return current === undefined
    ? { ...base, passed: true, evidence: `none of ${input.blackouts.length} blackouts is on` }
    : { ...base, passed: false, evidence: `a blackout is on until ${current.until}: ${current.reason}` };
}

async function checkLease(context: RunContext): Promise<Check> {
  const { ports, input, runId } = context;
  const lease = await ports.leases.acquire(runId, input.touches, ports.clock.now() + leaseMs);
  const base = { check: 'lease', rejection: 'busy' } as const;
  return lease.held
    ? { ...base, passed: true, evidence: `this run holds ${input.touches.join(', ')}` }
    : {
        ...base,
        passed: false,
        evidence: `run ${lease.by} holds a service that this one touches`,
        hint: 'Wait until it has concluded.',
      };
}

async function checkGuards({ ports, input }: RunContext): Promise<Check> {
  const states = await ports.guards.read();
  const base = { check: 'guards', rejection: 'guard' } as const;
  const bad = states.filter((guard) => guard.state === 'alarm' || guard.state === 'missing');
  const absent = Object.keys(input.guards).filter((name) => !states.some((guard) => guard.guard === name));
  if (states.length === 0 || absent.length > 0) {
    return {
      ...base,
      passed: false,
      evidence: `nothing can be read of guard ${absent.join(', ') || '(none is set)'}`,
    };
  }
  return bad.length === 0
    ? {
        ...base,
        passed: true,
        evidence: states.map((guard) => `${guard.guard} is ${guard.state}`).join(', '),
      }
    : {
        ...base,
        passed: false,
        evidence: bad.map((guard) => `guard ${guard.guard} is ${guard.state}: ${guard.detail}`).join('; '),
      };
}

async function checkTargets(context: RunContext): Promise<Check> {
  const { ports, input, runId } = context;
  const base = { check: 'targets', rejection: 'targets' } as const;
  const matching = await ports.inventory.matching();
  const foreign = matching.map((target) => trespass(target, input)).find((reason) => reason !== undefined);
  if (foreign !== undefined) {
    return {
      ...base,
      passed: false,
      evidence: foreign,
      hint: 'Mend its tags, or declare what the environment owns.',
    };
  }
  const counts = countsByFault(
    input.selects.map((select) => select.fault),
    matching,
  );
  for (const [fault, count] of counts) {
    if (count === 0) {
      return {
        ...base,
        passed: false,
        evidence: `the selector of fault ${fault} matches nothing`,
        hint: 'See that the resources run and carry the tags.',
      };
    }
    if (count > input.limits.targets) {
      return {
        ...base,
        passed: false,
        evidence: `fault ${fault} can hit ${count} resources, ${input.environment.id} allows ${input.limits.targets}`,
      };
    }
  }
  // The widest stage is the last: what it resolves holds what the earlier ones draw from.
  const preview = await tryPreview(context, input.stages.length - 1, runId);
  if ('failed' in preview)
    return {
      ...base,
      passed: false,
      evidence: `the preview failed: ${preview.failed}`,
      rejection: preview.rejection,
    };
  const unknown = preview.targets.find((target) => !matching.some((one) => one.id === target.id));
  if (unknown !== undefined)
    return {
      ...base,
      passed: false,
      evidence: `the preview resolved ${unknown.id}, which the selectors should not match`,
    };
  await record(context, 'admitted', { kind: 'admitted', at: iso(ports.clock.now()), targets: [...matching] });
  const listed = counts.map(([fault, count]) => `${fault}: ${count}`).join(', ');
  return {
    ...base,
    passed: true,
    evidence: `all of them tagged and owned (${listed}); the preview of the last stage resolved ${preview.targets.length}`,
  };
}

const countsByFault = (faults: readonly string[], targets: readonly Target[]): [string, number][] =>
  faults.map((fault) => [fault, targets.filter((target) => target.fault === fault).length]);

async function tryPreview(
  { ports }: RunContext,
  stage: number,
  runId: string,
): Promise<{ targets: readonly Target[] } | { failed: string; rejection: Rejection }> {
  try {
    return { targets: await ports.faults.preview(stage, runId) };
  } catch (cause) {
    // What Steadfast itself could not do says nothing about the targets.
    if (cause instanceof SteadfastError && cause.code !== 'internal') {
      return {
        failed: messageOf(cause),
        rejection: cause.code === 'permission' ? 'permission' : cause.code === 'busy' ? 'busy' : 'targets',
      };
    }
    throw cause;
  }
}
