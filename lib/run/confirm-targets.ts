import { note, type RunContext, record, recordFinding, type Step } from './context.ts';
import { iso } from './iso.ts';
import { knownTarget, trespass } from './ownership.ts';
import type { Target } from './ports.ts';
import type { RunState } from './run-state.ts';
import { isTerminal } from './stage.ts';
import { stopFault } from './stop-fault.ts';

/** How long FIS may take to resolve the targets. */
const resolveMs = 60_000;

/**
 * What FIS resolved must be what was admitted, or what came in its place since: tagged and owned, or declared as any pod of a namespace
 * is. Anything else ends the stage, and so do targets that nobody can name.
 */
export const confirmTargets: Step = async (context, state) => {
  const { ports } = context;
  const targets = await resolvedTargets(context, state);
  await record(context, `stage-${state.stage}-targets`, {
    kind: 'stage',
    at: iso(ports.clock.now()),
    stage: state.stage,
    set: { targets: targets === undefined || targets === 'ended' ? [] : [...targets] },
  });
  if (targets === 'ended') return { ...state, next: 'observeStage' };
  const reason =
    targets === undefined
      ? `FIS did not tell the targets within ${resolveMs / 1_000} s`
      : await foreignTarget(context, targets);
  if (reason === undefined) {
    await note(
      context,
      `stage-${state.stage}-targets`,
      'fault',
      `Targets: ${(targets ?? []).map(({ id }) => id).join(', ')}.`,
    );
    return { ...state, next: 'observeStage' };
  }
  await stopFault(context, state, state.fisExperimentId ?? '');
  const halt = { by: 'targets', reason, at: iso(ports.clock.now()) } as const;
  await recordFinding(context, `foreign-${state.stage}`, {
    code: 'foreign-target',
    verdict: 'halted',
    message: `${reason}; the fault was stopped.`,
    stage: state.stage,
  });
  await record(context, `stage-${state.stage}-halt`, {
    kind: 'stage',
    at: halt.at,
    stage: state.stage,
    set: { halt },
  });
  return { ...state, next: 'endFault', halt };
};

/** The experiment's targets; `ended` when it ended (or is to be ended) before it had any, undefined when it does not tell in time. */
async function resolvedTargets(
  { ports, runId }: RunContext,
  { fisExperimentId = '' }: RunState,
): Promise<readonly Target[] | 'ended' | undefined> {
  const giveUpMs = ports.clock.now() + resolveMs;
  for (;;) {
    const targets = await ports.faults.targets(fisExperimentId);
    if (targets !== undefined) return targets;
    if (isTerminal(await ports.faults.state(fisExperimentId))) return 'ended';
    if ((await ports.halts.requested(runId)) !== undefined) return 'ended';
    if (ports.clock.now() >= giveUpMs) return undefined;
    await ports.clock.sleep(ports.faults.pollMs);
  }
}

/** Why one of the targets may not be hit; undefined when all may. */
async function foreignTarget(context: RunContext, targets: readonly Target[]): Promise<string | undefined> {
  const { ports, input, runId } = context;
  const entries = await ports.store.entries(runId);
  const admitted = new Set(
    entries.flatMap((entry) => (entry.kind === 'admitted' ? entry.targets.map(({ id }) => id) : [])),
  );
  const others = targets.filter(({ id }) => !admitted.has(id));
  if (others.length === 0) return undefined;
  // A task that was replaced since admission has a new name: it must pass the same questions.
  const matching = await ports.inventory.matching();
  for (const other of others) {
    const known = knownTarget(other, matching, input.selects);
    if (known === undefined) return `FIS resolved ${other.id}, which was not admitted`;
    const reason = trespass(known, input);
    if (reason !== undefined) return `FIS resolved what was not admitted: ${reason}`;
  }
  return undefined;
}
