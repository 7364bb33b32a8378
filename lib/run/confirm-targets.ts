import { iso, note, record, recordFinding, type Step } from './context.ts';
import { trespass } from './ownership.ts';
import { isTerminal } from './stage.ts';

/** How long FIS may take to resolve the targets. */
const resolveMs = 60_000;

/** What FIS resolved must be what was admitted, or a replacement of it that carries the tag and is owned; anything else ends the stage. */
export const confirmTargets: Step = async (context, state) => {
  const { ports, input, runId } = context;
  const experimentId = state.fisExperimentId ?? '';
  const giveUpMs = ports.clock.now() + resolveMs;
  let targets = await ports.faults.targets(experimentId);
  while (targets === undefined && ports.clock.now() < giveUpMs) {
    if (
      isTerminal(await ports.faults.state(experimentId)) ||
      (await ports.halts.requested(runId)) !== undefined
    )
      break;
    await ports.clock.sleep(ports.faults.pollMs);
    targets = await ports.faults.targets(experimentId);
  }
  await record(context, `stage-${state.stage}-targets`, {
    kind: 'stage',
    at: iso(ports.clock.now()),
    stage: state.stage,
    set: { targets: [...(targets ?? [])] },
  });
  if (targets === undefined) return { ...state, next: 'observeStage' };
  const matching = await ports.inventory.matching();
  const foreign = targets.find((target) => {
    const known = matching.find((one) => one.id === target.id);
    return known === undefined || trespass(known, input) !== undefined;
  });
  if (foreign !== undefined) {
    const reason = `FIS resolved ${foreign.id}, which was not admitted`;
    await ports.faults.stop(experimentId);
    await recordFinding(context, `foreign-${state.stage}`, {
      code: 'foreign-target',
      verdict: 'halted',
      message: `${reason}; the fault was stopped.`,
      stage: state.stage,
    });
    return { ...state, next: 'endFault', halt: { by: 'targets', reason, at: iso(ports.clock.now()) } };
  }
  await note(
    context,
    `stage-${state.stage}-targets`,
    'fault',
    `Targets: ${targets.map((target) => target.id).join(', ')}.`,
  );
  return { ...state, next: 'observeStage' };
};
