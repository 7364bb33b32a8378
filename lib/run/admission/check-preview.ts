import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Rejection } from '../../experiment/verdict.ts';
import { iso, type RunContext, record } from '../context.ts';
import type { Target } from '../ports.ts';
import type { TargetCheck } from './check.ts';

/** FIS itself resolves nothing that the selectors should not match. What they can match is then written down as admitted. */
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
  const unknown = preview.targets.find((target) => !targets.some((one) => one.id === target.id));
  if (unknown !== undefined)
    return {
      ...base,
      passed: false,
      evidence: `the preview resolved ${unknown.id}, which the selectors should not match`,
    };
  await record(context, 'admitted', { kind: 'admitted', at: iso(ports.clock.now()), targets: [...targets] });
  return {
    ...base,
    passed: true,
    evidence: `the preview of the last stage resolved ${preview.targets.length} of them`,
  };
};

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
