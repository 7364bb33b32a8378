import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Rejection } from '../../experiment/verdict.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import { iso, type RunContext, record } from '../context.ts';
import { knownTarget, listedFaults, trespass } from '../ownership.ts';
import type { Target } from '../ports.ts';
import type { Check } from './check.ts';

/** Everything that the faults can hit is tagged and owned, or declared, and within limits, and a preview confirms it. */
export const checkTargets: Check = async (context) => {
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
  const counts = countsByFault(listedFaults(input.selects), matching);
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
  const strange = previewProblem(preview.targets, matching, input);
  if (strange !== undefined) return { ...base, passed: false, evidence: strange };
  await record(context, 'admitted', { kind: 'admitted', at: iso(ports.clock.now()), targets: [...matching] });
  const listed = counts.map(([fault, count]) => `${fault}: ${count}`).join(', ') || 'none is listed';
  return {
    ...base,
    passed: true,
    evidence: `all of them tagged and owned, or declared (${listed}); the preview of the last stage resolved ${preview.targets.length}`,
  };
};

/** What is wrong with what a preview resolved: a target that nobody knows or may hit, or, of what only the preview counts, too many. */
function previewProblem(
  targets: readonly Target[],
  matching: readonly Target[],
  input: RunnerInput,
): string | undefined {
  for (const target of targets) {
    const known = knownTarget(target, matching, input.selects);
    if (known === undefined) return `the preview resolved ${target.id}, which the faults should not hit`;
    const reason = trespass(known, input);
    if (reason !== undefined) return `the preview resolved what may not be hit: ${reason}`;
  }
  const [crowd] = countsByFault([...new Set(targets.map(({ fault }) => fault))], targets).filter(
    ([, count]) => count > input.limits.targets,
  );
  return crowd === undefined
    ? undefined
    : `fault ${crowd[0]} hits ${crowd[1]} resources, ${input.environment.id} allows ${input.limits.targets}`;
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
