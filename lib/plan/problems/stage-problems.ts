import type { Experiment } from '../../experiment/experiment.ts';
import type { Fault, Stage } from '../../experiment/fault.ts';
import { selectorOf } from '../../experiment/fault-parts.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { durationFromMs, percentOf } from '../../fis/quantity.ts';
import { actionOf, isDuration, parametersOf } from '../fis-parameters.ts';
import { type PlanTarget, targetName } from '../plan-target.ts';
import { tagsOf } from '../selection.ts';
import { needsHold, settleMs } from '../stage-template.ts';
import { roundingProblemsOf } from './rounding-problems.ts';
import { isWhole } from './whole.ts';

/** FIS's limits on one template, and what each share asks of the actions. Times are checked as written, not paced. */
export const stageProblemsOf = (experiment: Experiment, target: PlanTarget): Problem[] => [
  ...experiment.stages.flatMap((stage, index) => [
    ...durationProblems(stage, index, experiment, target),
    ...shareProblems(stage, index, experiment),
    ...roundingProblemsOf(stage, index, experiment, target),
  ]),
  ...countProblems(experiment, target),
  ...parallelNetworkProblems(experiment, target),
];

function durationProblems(
  stage: Stage,
  index: number,
  experiment: Experiment,
  target: PlanTarget,
): Problem[] {
  const path = ['stages', index, 'duration'];
  const { ms, text } = stage.duration;
  const wholeMs = ms + (target.production ? settleMs : 0);
  if (wholeMs > fisLimits.experimentMs) {
    const wait = target.production ? ', with the minute that FIS waits first in production,' : '';
    return [
      {
        code: 'too-long',
        path,
        message: `'${text}'${wait} is longer than the 12 hours that FIS allows`,
        hint: 'shorten the stage',
      },
    ];
  }
  if (ms <= 0)
    return [
      { code: 'too-short', path, message: 'the stage lasts no time', hint: "write how long, such as '2m'" },
    ];
  if (target.kind === 'lab') return [];
  if (!isWhole(ms / 1_000)) {
    return [
      {
        code: 'whole-seconds',
        path,
        message: `'${text}' is no whole number of seconds, which FIS asks for`,
        hint: "write it in whole seconds, such as '90s'",
      },
    ];
  }
  const slowest = slowestOf(experiment);
  if (slowest !== undefined && ms < slowest.leastMs) {
    return [
      {
        code: 'too-short',
        path,
        message: `'${text}' is shorter than ${slowest.action} lasts at least, ${durationFromMs(slowest.leastMs).text}`,
        hint: `write '${durationFromMs(slowest.leastMs).text}' or longer`,
      },
    ];
  }
  const delayed = latestOf(experiment);
  if (delayed !== undefined && ms < delayed.ms) {
    return [
      {
        code: 'too-short',
        path,
        message: `'${text}' is over before the fault '${delayed.fault}' hits, '${delayed.text}' after its start`,
        hint: `write '${delayed.text}' or longer`,
      },
    ];
  }
  if (needsHold(experiment) && ms < settleMs) {
    return [
      {
        code: 'too-short',
        path,
        message: `'${text}' is shorter than FIS's shortest wait, one minute, which holds the stage open after actions that are over at once`,
        hint: "write '1m' or longer",
      },
    ];
  }
  return [];
}

/** The fault whose action FIS lets last the longest at the least. */
const slowestOf = (experiment: Experiment): { action: string; leastMs: number } | undefined =>
  Object.values(experiment.faults)
    .flatMap((fault) => {
      const { id, leastDurationMs } = actionOf(fault);
      return leastDurationMs === undefined ? [] : [{ action: id, leastMs: leastDurationMs }];
    })
    .toSorted((a, b) => b.leastMs - a.leastMs)[0];

/** The fault that hits last, of those whose parameters say when they hit. */
const latestOf = (experiment: Experiment): { fault: string; ms: number; text: string } | undefined =>
  Object.entries(experiment.faults)
    .flatMap(([fault, written]) =>
      parametersOf(written).flatMap(([parameter, value]) =>
        actionOf(written).fisParameters[parameter]?.as === 'isoDuration' && isDuration(value)
          ? [{ fault, ms: value.ms, text: value.text }]
          : [],
      ),
    )
    .toSorted((a, b) => b.ms - a.ms)[0];

function shareProblems(stage: Stage, index: number, experiment: Experiment): Problem[] {
  const path = ['stages', index, 'share'];
  if (stage.share === 'one') return [];
  const share = 'text' in stage.share ? stage.share : stage.share.share;
  const problems: Problem[] = [];
  if (percentOf(share) === 0) {
    problems.push({
      code: 'empty-share',
      path,
      message: `'${share.text}' hits nothing`,
      hint: "write a share above 0%, or 'one'",
    });
  } else if (!isWhole(percentOf(share))) {
    problems.push({
      code: 'whole-percent',
      path,
      message: `'${share.text}' is no whole percentage, which FIS asks for`,
      hint: "write it without a fraction, such as '10%'",
    });
  }
  if ('text' in stage.share) return problems;
  for (const [name, fault] of Object.entries(experiment.faults))
    problems.push(...trafficProblems(name, fault, path));
  return problems;
}

function trafficProblems(name: string, fault: Fault, path: Problem['path']): Problem[] {
  const { trafficShareParameter, fisParameters } = actionOf(fault);
  if (trafficShareParameter === undefined) {
    return [
      {
        code: 'traffic-share',
        path,
        message: `the fault '${name}' cannot be limited to a share of the traffic: ${fault.action} has no such parameter`,
        hint: "write a share of the targets instead, such as '50%'",
      },
    ];
  }
  const given = parametersOf(fault).find(
    ([parameter]) => fisParameters[parameter]?.name === trafficShareParameter,
  );
  if (given === undefined) return [];
  return [
    {
      code: 'traffic-share',
      path: ['faults', name, 'parameters', given[0]],
      message: `'${given[0]}' says a share of the traffic, and so does a stage`,
      hint: `remove '${given[0]}': the stages say the share`,
    },
  ];
}

function countProblems(experiment: Experiment, target: PlanTarget): Problem[] {
  const faults = Object.keys(experiment.faults).length;
  const parallel = faults + (needsHold(experiment) ? 1 : 0);
  const actions = parallel + (target.production ? 1 : 0);
  const problem = { code: 'too-many-faults', path: ['faults'], hint: 'split the experiment' };
  if (actions > fisLimits.actionsPerTemplate) {
    return [
      {
        ...problem,
        message: `with the waits that the plan adds, ${actions} actions stand in one template, and FIS allows ${fisLimits.actionsPerTemplate}`,
      },
    ];
  }
  if (parallel > fisLimits.parallelActions) {
    return [
      {
        ...problem,
        message: `with the wait that the plan adds, ${parallel} actions run at once, and FIS allows ${fisLimits.parallelActions}`,
      },
    ];
  }
  return [];
}

/** FIS cannot run two of the ECS network actions on a task at once (user guide, "Use the ECS task actions"). */
function parallelNetworkProblems(experiment: Experiment, target: PlanTarget): Problem[] {
  const network = Object.entries(experiment.faults).filter(([, fault]) =>
    fault.action.startsWith('aws:ecs:task-network-'),
  );
  return network.flatMap(([name, fault], index) =>
    network.slice(0, index).flatMap(([earlier, other]): Problem[] =>
      mayShareTargets(fault, other, target)
        ? [
            {
              code: 'parallel-network-faults',
              path: ['faults', name],
              message: `may hit the same tasks as '${earlier}' in ${targetName(target)}, and FIS cannot run two network actions on a task at once`,
              hint: 'select another service, name all links in one fault, or write two experiments',
            },
          ]
        : [],
    ),
  );
}

function mayShareTargets(one: Fault, other: Fault, target: PlanTarget): boolean {
  const zones = [one, other].map((fault) => selectorOf(fault)?.availabilityZone);
  if (zones.every((zone) => zone !== undefined) && zones[0] !== zones[1]) return false;
  const tags = tagsOf(other, target);
  return Object.entries(tagsOf(one, target)).every(
    ([key, value]) => tags[key] === undefined || tags[key] === value,
  );
}
