import { judgeWhole } from '../definitions/salvage.ts';
import { type Experiment, experimentSchema } from '../experiment/experiment.ts';
import type { FaultDefinition } from '../experiment/fault.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { checkTemplate } from '../lab/fis/check-template.ts';
import { LocalExperiment } from '../lab/fis/local-experiment.ts';
import { problemsHere } from '../lab/fis/why-not-here.ts';
import { createLabGuards } from '../lab/guards.ts';
import type { FisTemplate } from '../plan/fis-template.ts';
import { planTargetOfLab } from '../plan/lab-target.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { actionProblemsOf } from '../plan/problems/action-problems.ts';
import { nameProblemsOf } from '../plan/problems/name-problems.ts';
import { parameterProblemsOf } from '../plan/problems/parameter-problems.ts';
import { selectorProblemsOf } from '../plan/problems/selector-problems.ts';
import { stageProblemsOf } from '../plan/problems/stage-problems.ts';
import { stageTemplateOf } from '../plan/stage-template.ts';
import { refused } from './refused.ts';
import type { Started, Surroundings } from './started.ts';

/** What an experiment has of a fault that a test puts in: the fault is planned by the very code that plans an experiment's. */
function experimentWith(
  fault: FaultDefinition,
  share: string,
  atMost: string,
  lab: string,
  service: string,
): Experiment {
  const definition = {
    id: 'test',
    title: 'A test',
    owner: 'tests',
    hypothesis: 'The test says what holds.',
    // Nothing looks at it: an experiment has to have one.
    steadyState: { any: { http: { service, path: '/' }, tolerances: { errorRate: { below: '50%' } } } },
    faults: { fault },
    stages: [{ share, duration: atMost }],
    recovery: { objective: '1m' },
    lab,
  };
  const read = experimentSchema.safeParse(definition);
  if (read.success) return read.data;
  throw refused(
    'the fault cannot be used',
    judgeWhole('experiment', experimentSchema, definition).problems.map(ofFault),
  );
}

/** The problem as one of the fault and its options, which is what was written. */
const ofFault = (problem: Problem): Problem => {
  const [section, which, ...rest] = problem.path;
  if (section === 'faults') return { ...problem, path: rest };
  if (section === 'stages' && which === 0)
    return { ...problem, path: rest[0] === 'duration' ? ['atMost'] : rest };
  return problem;
};

const isInTheWay = ({ severity, code }: Problem): boolean =>
  severity !== 'note' || code === 'not-rehearsable';

function templateOf(experiment: Experiment, target: PlanTarget): FisTemplate {
  const problems = [
    ...nameProblemsOf(experiment, target),
    ...actionProblemsOf(experiment, target),
    ...selectorProblemsOf(experiment, target),
    ...parameterProblemsOf(experiment, target),
    ...stageProblemsOf(experiment, target),
    ...problemsHere(experiment, target),
  ].filter(isInTheWay);
  const [stage] = experiment.stages;
  if (problems.length > 0 || stage === undefined)
    throw refused(`the lab '${target.id}' cannot carry out the fault`, problems.map(ofFault));
  return stageTemplateOf(experiment, stage, target);
}

/** Between two looks at whether a fault that was started is on: short, since a test waits for it. */
const lookEveryMs = 5;

/** Has the lab's stand-in for FIS carry out a fault, planned as an experiment's. Resolves once it is on. */
export async function putInExperimentFault(
  { found: { definition, parsed }, running, clock, random }: Surroundings,
  fault: FaultDefinition,
  { share, atMost }: { readonly share: string; readonly atMost: string },
): Promise<Started> {
  // The pace scales an experiment's times: a test's are meant as they are written.
  const target = { ...planTargetOfLab(definition, parsed), pace: 1 };
  const [service = ''] = Object.keys(parsed.services);
  const template = templateOf(experimentWith(fault, share, atMost, parsed.id, service), target);
  const guards = createLabGuards(parsed.guards, running, clock).readers.filter(({ name }) =>
    template.stopOn.includes(name),
  );
  checkTemplate(
    template,
    guards.map(({ name }) => name),
  );
  const experiment = new LocalExperiment({ template, lab: running, guards, clock, random });
  let asked = false;
  const ended = experiment.run().then(() => {
    const { status, stoppedBy, reason } = experiment.state();
    const [bite = { bit: undefined, evidence: reason, likely: undefined }] = experiment.bites();
    const { bit, evidence, likely } = bite;
    const how = status === 'failed' ? 'failed' : stoppedBy === 'guard' ? 'halted' : asked ? 'ended' : 'over';
    return { how, reason, bite: { bit, evidence, ...(likely === undefined ? {} : { likely }) } } as const;
  });
  while (experiment.isActive && experiment.state().faultStartMs === undefined) await clock.sleep(lookEveryMs);
  if (experiment.state().faultStartMs === undefined) {
    const { reason } = await ended;
    throw new SteadfastError('cannot-begin', `the fault could not be put in: ${reason}`);
  }
  return {
    ended,
    end: () => {
      asked = true;
      experiment.stop('caller', 'the test asked for its end');
    },
  };
}
