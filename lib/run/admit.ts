import { partsOf } from '../plan/part-of-run.ts';
import type { RunnerInput } from '../plan/runner-input.ts';
import { checkGuards } from './admission/check-guards.ts';
import { checkLease } from './admission/check-lease.ts';
import { checkPreview } from './admission/check-preview.ts';
import { checkSet } from './admission/check-set.ts';
import { checkStage } from './admission/check-stage.ts';
import { checkTargets } from './admission/check-targets.ts';
import { gates } from './admission/gates.ts';
import { targetChecks } from './admission/target-checks.ts';
import { writeCheck } from './admission/write-check.ts';
import { askForApproval } from './ask-for-approval.ts';
import { beginBaseline } from './begin-baseline.ts';
import { note, type RunContext, type Step } from './context.ts';
import type { Target } from './ports.ts';
import { rememberBefore } from './residue.ts';

/**
 * Admits a run or rejects it, before anything is touched: first whether it may start now, and the lease; then guards and every
 * resource that the selectors can match, with all that is wrong with them; last a preview. Each check is kept with its evidence.
 * Where an approval is asked for, a person decides next.
 */
export const admit: Step = async (context, state) => {
  const { ports, input } = context;
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'admit',
    waitingFor: 'every check before a fault',
  });
  const { runId, experiment, startedAtMs } = state;
  const { gameDay } = partsOf(input);
  const begun = { runId, experiment, startedAtMs, ...(gameDay === undefined ? {} : { gameDay }) };
  if ((await ports.liveRuns.begin(begun)) === 'concluded') return { ...state, next: 'conclude' };
  await note(context, 'admitted', 'phase', `Admission of ${input.environment.id} began.`);
  let lease = state.lease;
  // The first that fails ends admission. Only who starts a launcher with something to be set, or with a stage, has it asked.
  const asked = [
    ...(input.only === undefined ? [] : [checkStage]),
    ...(input.asked === undefined ? [] : [checkSet]),
  ];
  for (const check of [...asked, ...gates, checkLease]) {
    const { passed, lease: taken } = await writeCheck(context, await check(context));
    if (!passed) return { ...state, lease, next: 'conclude' };
    lease = taken ?? lease;
  }
  const targets = await fitTargets(context);
  if (targets === undefined) return { ...state, lease, next: 'conclude' };
  // Nothing is started before a person has approved it: not even traffic.
  const withinMs = approvalMsOfRun(input);
  return withinMs === undefined
    ? beginBaseline(context, { ...state, lease })
    : askForApproval(context, { ...state, lease }, targets, withinMs);
};

/** How long it waits for an approval; undefined where none is asked for. A game day asks for one of its own, for no longer than any other. */
function approvalMsOfRun({ approval, gameDay }: RunnerInput): number | undefined {
  const waits = [approval?.withinMs, gameDay?.approvalMs].filter((ms) => ms !== undefined);
  return waits.length === 0 ? undefined : Math.min(...waits);
}

/**
 * Asks of guards and targets, so that one run tells everything that has to be mended; then FIS itself, where nothing has. Gives what the
 * faults may hit; undefined where something is in the way.
 */
async function fitTargets(context: RunContext): Promise<readonly Target[] | undefined> {
  const guards = await writeCheck(context, await checkGuards(context));
  const found = await writeCheck(context, await checkTargets(context));
  const { targets } = found;
  if (!found.passed || targets === undefined) return undefined;
  let allPassed = guards.passed;
  for (const check of targetChecks) {
    const { passed } = await writeCheck(context, await check(context, targets));
    allPassed &&= passed;
  }
  if (!allPassed || !(await writeCheck(context, await checkPreview(context, targets))).passed)
    return undefined;
  await rememberBefore(context, targets);
  return targets;
}
