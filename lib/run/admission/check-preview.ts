import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Rejection } from '../../experiment/verdict.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import { iso, type RunContext, record } from '../context.ts';
import { knownTarget, trespass } from '../ownership.ts';
import type { Target } from '../ports.ts';
import type { TargetCheck } from './check.ts';
import { countsByFault } from './counts-by-fault.ts';

/** FIS itself resolves nothing that the faults should not hit. What they can hit is then written down as admitted. */
export const checkPreview: TargetCheck = async (context, targets) => {
  const { ports, input, runId } = context;
  const base = { check: 'preview', rejection: 'targets' } as const;
  // The widest stage is the last: what it resolves holds what the earlier ones draw from.
  const preview = await tryPreview(context, input.stages.length - 1, runId);
  if ('failed' in preview)
    return {
      ...base,
      passed: false,
      evidence: `the preview failed: ${preview.failed}`,
      rejection: preview.rejection,
    };
  const strange = previewProblem(preview.targets, targets, input);
  if (strange !== undefined) return { ...base, passed: false, evidence: strange };
  await record(context, 'admitted', { kind: 'admitted', at: iso(ports.clock.now()), targets: [...targets] });
  return {
    ...base,
    passed: true,
    evidence: `the preview of the last stage resolved ${preview.targets.length} of them`,
  };
};

/** What is wrong with what a preview resolved: a target that nobody knows or may hit, or, of what only the preview counts, too many. */
function previewProblem(
  resolved: readonly Target[],
  matching: readonly Target[],
  input: RunnerInput,
): string | undefined {
  for (const target of resolved) {
    const known = knownTarget(target, matching, input.selects);
    if (known === undefined) return `the preview resolved ${target.id}, which the faults should not hit`;
    const reason = trespass(known, input);
    if (reason !== undefined) return `the preview resolved what may not be hit: ${reason}`;
  }
  const [crowd] = countsByFault([...new Set(resolved.map(({ fault }) => fault))], resolved).filter(
    ([, count]) => count > input.limits.targets,
  );
  return crowd === undefined
    ? undefined
    : `fault ${crowd[0]} hits ${crowd[1]} resources, ${input.environment.id} allows ${input.limits.targets}`;
}

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
