import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Rejection } from '../../experiment/verdict.ts';
import { percentOf } from '../../fis/quantity.ts';
import type { RunnerInput } from '../../plan/runner-input.ts';
import { type RunContext, record } from '../context.ts';
import { iso } from '../iso.ts';
import { knownTarget, trespass } from '../ownership.ts';
import type { Target } from '../ports.ts';
import { type CheckResult, type Refusal, resultOf } from './check.ts';
import { drawRefusals } from './check-counts.ts';
import { countRefusal, countsByFault } from './check-targets.ts';

/**
 * FIS itself resolves nothing that the faults should not hit. Pods, which no inventory lists, are counted by it. What they can hit is
 * then written down as admitted.
 */
export const checkPreview = async (context: RunContext, targets: readonly Target[]): Promise<CheckResult> => {
  const { ports, input, runId } = context;
  const base = { check: 'preview', rejection: 'targets' } as const;
  // The widest stage is the last: what it resolves holds what the earlier ones draw from.
  const preview = await tryPreview(context, input.stages.length - 1, runId);
  if ('failed' in preview) {
    const locked = await leverBehind(context, preview.rejection);
    const { hint } = preview;
    return {
      ...base,
      passed: false,
      evidence: `the preview failed: ${preview.failed}${locked === undefined ? '' : `; ${locked}`}`,
      rejection: locked === undefined ? preview.rejection : 'locked',
      ...(hint === undefined ? {} : { hint: `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.` }),
    };
  }
  const strange = strangerAmong(preview.targets, targets, input);
  if (strange !== undefined)
    return { ...base, passed: false, evidence: `the preview resolved what may not be hit: ${strange}` };
  const refusals = podRefusals(preview.targets, context);
  if (refusals.length === 0)
    await record(context, 'admitted', {
      kind: 'admitted',
      at: iso(ports.clock.now()),
      targets: [...targets],
    });
  return resultOf(
    base,
    refusals,
    `the preview of the last stage resolved ${preview.targets.length}, all of them known`,
  );
};

/** FIS cancels what is started while its safety lever is engaged, which may have come between; undefined where that is not why. */
async function leverBehind({ ports }: RunContext, rejection: Rejection): Promise<string | undefined> {
  if (rejection !== 'targets') return undefined;
  const { status, reason } = await ports.safetyLever.state();
  return status === 'engaged' || status === 'engaging'
    ? `the safety lever of FIS is ${status}: ${reason}`
    : undefined;
}

/** Why one of the resolved targets may not be hit; undefined where all may. */
function strangerAmong(
  resolved: readonly Target[],
  listed: readonly Target[],
  input: RunnerInput,
): string | undefined {
  for (const target of resolved) {
    const known = knownTarget(target, listed, input.selects);
    if (known === undefined) return `${target.id} is nothing that the faults should hit`;
    const reason = trespass(known, input);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What is wrong with the number of pods. Where the last stage hits all of them, the earlier ones are known to draw from so many. */
function podRefusals(resolved: readonly Target[], { input, experiment }: RunContext): Refusal[] {
  const faults = input.selects.flatMap((query) => ('pods' in query ? [query.fault] : []));
  const share = experiment.stages.at(-1)?.share;
  const areAll = typeof share === 'object' && (!('text' in share) || percentOf(share) === 100);
  return countsByFault(faults, resolved).flatMap(([fault, count]) => [
    ...countRefusal(fault, count, input),
    ...(areAll ? drawRefusals({ experiment, input }, fault, count) : []),
  ]);
}

async function tryPreview(
  { ports }: RunContext,
  stage: number,
  runId: string,
): Promise<
  { targets: readonly Target[] } | { failed: string; rejection: Rejection; hint: string | undefined }
> {
  try {
    return { targets: await ports.faults.preview(stage, runId) };
  } catch (cause) {
    // What Steadfast itself could not do says nothing about the targets.
    if (cause instanceof SteadfastError && cause.code !== 'internal') {
      return {
        failed: messageOf(cause),
        hint: cause.hint,
        rejection: cause.code === 'permission' ? 'permission' : cause.code === 'busy' ? 'busy' : 'targets',
      };
    }
    throw cause;
  }
}
