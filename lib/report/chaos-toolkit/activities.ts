import type { Journal, JournalStage, RollbackResult } from '../../run/journal.ts';
import type { ToldDefinition } from './definition.ts';
import type { ActionActivity, ActionRun } from './schema.ts';
import { span } from './time.ts';

type Arguments = ActionActivity['provider']['arguments'];

const action = (name: string, func: string, given: Arguments): ActionActivity => ({
  type: 'action',
  name,
  provider: { type: 'python', module: 'steadfast', func, arguments: given },
});

const nameInStage = (fault: string, stage: number, label: string): string =>
  `${fault} (stage ${stage + 1}: ${label})`;

/** A share as it was written: `one`, `50%`, `10% of traffic`. */
function labelOf(share: ToldDefinition['stages'][number]['share']): string {
  if (typeof share === 'string') return share;
  const part = typeof share === 'object' && share !== null && 'share' in share ? share['share'] : undefined;
  return typeof part === 'string' ? `${part} of traffic` : 'a share';
}

/** Every fault of every stage, as the definition has them. */
export const methodOf = ({ stages, faults }: ToldDefinition): ActionActivity[] =>
  stages.flatMap(({ share, duration = null }, stage) =>
    Object.entries(faults).map(([name, { action: id, parameters = {} }]) =>
      action(nameInStage(name, stage, labelOf(share)), id, { ...parameters, share, stageDuration: duration }),
    ),
  );

/** Every fault that was started, stage by stage. */
export const runOf = (journal: Journal): ActionRun[] =>
  journal.stages.flatMap((stage, index) =>
    stage.faults.map((fault) => ({
      activity: action(nameInStage(fault.name, index, stage.label), fault.action, fault.parameters),
      output: outputOf(stage, fault.name),
      ...span(stage.start ?? journal.start, stage.end ?? journal.end),
      ...outcomeOf(stage, fault.name),
    })),
  );

function outputOf(
  { fisExperimentId, fisStatus, targets, bite, halt }: JournalStage,
  fault: string,
): ActionRun['output'] {
  const evidence = bite.find((one) => one.fault === fault);
  return {
    targets: targets.filter((target) => target.fault === fault).map(({ id }) => id),
    bit: evidence?.bit ?? null,
    evidence: evidence?.evidence ?? null,
    fisExperimentId: fisExperimentId ?? null,
    fisStatus: fisStatus ?? null,
    ...(halt === undefined ? {} : { halt: { by: halt.by, reason: halt.reason, at: halt.at } }),
  };
}

/** A fault of which nobody knows that it reached the system is told as one that failed: it shows nothing. */
function outcomeOf(stage: JournalStage, fault: string): Pick<ActionRun, 'status' | 'exception'> {
  const { start, fisStatus = 'unknown', bite } = stage;
  const evidence = bite.find((one) => one.fault === fault);
  if (start === undefined) return failed('the fault was never started');
  if (fisStatus === 'failed' || fisStatus === 'cancelled') return failed(`FIS ended it as ${fisStatus}`);
  if (evidence?.bit === true) return { status: 'succeeded' };
  return failed(evidence?.evidence ?? 'nobody could tell whether the fault reached the system');
}

/** Every rollback of the definition; of those that have another name now, as they ran. */
export const rollbacksOf = ({ rollbacks }: ToldDefinition): ActionActivity[] =>
  Object.keys(rollbacks).map((name) => rollbackActivity(name, rollbacks));

/** What is sent along is left out: it may hold credentials. */
function rollbackActivity(name: string, rollbacks: ToldDefinition['rollbacks']): ActionActivity {
  const { provenBy = null, timeout = null, ...way } = rollbacks[name] ?? {};
  const [kind = 'rollback'] = Object.keys(way);
  return action(name, kind, { rollback: name, provenBy, timeout });
}

/** Every rollback that was carried out. Only when it was settled is known, so it lasts no time. */
export const rollbackRuns = (journal: Journal, { rollbacks }: ToldDefinition): ActionRun[] =>
  journal.rollbacks.map((rollback) => ({
    activity: rollbackActivity(rollback.name, rollbacks),
    output: { result: rollback.result, detail: rollback.detail, proof: rollback.proof ?? null },
    ...span(rollback.at, rollback.at),
    ...settled(rollback),
  }));

const settled = ({ result, detail }: RollbackResult): Pick<ActionRun, 'status' | 'exception'> =>
  result === 'proven' ? { status: 'succeeded' } : failed(`${result}: ${detail}`);

const failed = (reason: string): Pick<ActionRun, 'status' | 'exception'> => ({
  status: 'failed',
  exception: [reason],
});
