import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { alarmsOf, type GuardAlarm } from './alarms.ts';
import type { FisTemplate } from './fis-template.ts';
import { runnerInputOf } from './input.ts';
import type { PlanRequest } from './plan-request.ts';
import { targetName } from './plan-target.ts';
import { problemsOf } from './problems.ts';
import { type RolePlan, rolePlanOf } from './role.ts';
import type { RunnerInputDocument } from './runner-input.ts';
import { type SchedulePlan, scheduleOf } from './schedule.ts';
import { stageTemplateOf } from './stage-template.ts';

/** An experiment in one environment or lab: all that has to exist there, and what a run needs to know. */
export interface Plan {
  /** One a stage. */
  readonly templates: readonly FisTemplate[];
  /** FIS's role; a lab needs none. */
  readonly role?: RolePlan;
  readonly schedule?: SchedulePlan;
  /** The alarms of guards by metric. */
  readonly alarms: readonly GuardAlarm[];
  readonly input: RunnerInputDocument;
}

/** Step Functions carries 256 KB from state to state; the rest is for what else a state holds. */
const largestInputBytes = 200_000;

/**
 * Plans an experiment for an environment or lab.
 *
 * @throws {SteadfastError} `invalid`, with all problems, when it cannot run there; also for a lab that cannot play a name
 */
export function planExperiment(request: PlanRequest): Plan {
  const { experiment, target } = request;
  const problems = problemsOf(experiment, target).filter(isInTheWay);
  if (problems.length > 0) throw refused(request, problems);
  const { account, region } = target;
  const schedule = scheduleOf(experiment, target);
  const templates = experiment.stages.map((stage) => stageTemplateOf(experiment, stage, target));
  const input = runnerInputOf(request, templates);
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > largestInputBytes) throw refused(request, [tooLarge(bytes)]);
  return {
    templates,
    ...(account === undefined || region === undefined
      ? {}
      : { role: rolePlanOf(experiment, target, { account, region }) }),
    ...(schedule === undefined ? {} : { schedule }),
    alarms: alarmsOf(target),
    input,
  };
}

const isInTheWay = ({ severity, code }: Problem) => severity !== 'note' || code === 'not-rehearsable';

const refused = ({ experiment, target }: PlanRequest, problems: readonly Problem[]) =>
  new SteadfastError('invalid', `the experiment '${experiment.id}' cannot run in ${targetName(target)}`, {
    problems,
    hint: `steadfast check ${experiment.id} shows every problem`,
  });

const tooLarge = (bytes: number): Problem => ({
  code: 'too-large',
  path: [],
  message: `the plan is ${bytes} bytes long, and Step Functions carries ${largestInputBytes} of it at most`,
  hint: 'shorten bodies of requests, or split the experiment',
});
