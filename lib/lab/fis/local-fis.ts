import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import type { FisTemplate } from '../../plan/fis-template.ts';
import type { Clock, FaultInjector, Random, Target } from '../../run/ports.ts';
import type { GuardReader } from '../guards.ts';
import type { FaultyLab } from './action-handler.ts';
import { checkTemplate } from './check-template.ts';
import { LocalExperiment } from './local-experiment.ts';

/** Between two looks at an experiment of a lab: short, since a lab's stages last seconds. */
const pollMs = 200;

export interface LocalFisOptions {
  readonly lab: FaultyLab;
  readonly labId: string;
  /** One for each stage, in order: the very templates that FIS would get, with durations at the lab's pace. */
  readonly templates: readonly FisTemplate[];
  readonly guards: readonly GuardReader[];
  readonly clock: Clock;
  readonly random: Random;
}

const targetsOf = ({ targets }: LocalExperiment): readonly Target[] | undefined =>
  targets === undefined
    ? undefined
    : [...targets].flatMap(([fault, resources]) => resources.map(({ id, tags }) => ({ fault, id, tags })));

/**
 * The stand-in for FIS in a lab: runs the plan's templates against the lab's resources, by FIS's rules.
 *
 * @throws SteadfastError `invalid` for a template that it cannot run
 */
export function createLocalFis(options: LocalFisOptions): FaultInjector {
  const { lab, labId, templates, guards, clock, random } = options;
  for (const template of templates)
    checkTemplate(
      template,
      guards.map(({ name }) => name),
    );
  const experiments = new Map<string, { readonly experiment: LocalExperiment; readonly runId: string }>();
  const idsByToken = new Map<string, string>();

  const templateOf = (stage: number): FisTemplate => {
    const template = templates[stage];
    if (template === undefined)
      throw new SteadfastError('internal', `there is no template for stage ${stage}`);
    return template;
  };
  const experimentOf = (experimentId: string): LocalExperiment => {
    const found = experiments.get(experimentId);
    if (found === undefined)
      throw new SteadfastError('unknown-id', `there is no experiment '${experimentId}'`);
    return found.experiment;
  };
  const begin = (stage: number, runId: string, actionsMode: 'run-all' | 'skip-all') => {
    const active = [...experiments.values()].filter(({ experiment }) => experiment.isActive).length;
    if (active >= fisLimits.activeExperiments) {
      throw new SteadfastError(
        'busy',
        `FIS runs ${fisLimits.activeExperiments} experiments at once, and so does its stand-in`,
        {
          hint: 'start again when one has ended',
        },
      );
    }
    const template = templateOf(stage);
    const experimentId = `${labId}-experiment-${experiments.size + 1}`;
    const experiment = new LocalExperiment({
      template,
      lab,
      guards: guards.filter(({ name }) => template.stopOn.includes(name)),
      clock,
      random,
      actionsMode,
    });
    experiments.set(experimentId, { experiment, runId });
    return { experimentId, experiment, ended: experiment.run() };
  };

  return {
    pollMs,
    preview: async (stage, runId) => {
      const { experiment, ended } = begin(stage, runId, 'skip-all');
      await ended;
      const { status, reason } = experiment.state();
      if (status === 'failed') throw new SteadfastError('invalid', reason);
      return targetsOf(experiment) ?? [];
    },
    start: async (stage, { runId, token }) => {
      const already = idsByToken.get(token);
      if (already !== undefined) return { experimentId: already };
      const { experimentId } = begin(stage, runId, 'run-all');
      idsByToken.set(token, experimentId);
      return { experimentId };
    },
    state: async (experimentId) => experimentOf(experimentId).state(),
    targets: async (experimentId) => targetsOf(experimentOf(experimentId)),
    stop: async (experimentId) => experimentOf(experimentId).stop('caller', 'stopped on request'),
    active: async (runId) =>
      [...experiments]
        .filter(([, entry]) => entry.runId === runId && entry.experiment.isActive)
        .map(([id]) => id),
    bite: async (_stage, experimentId) => experimentOf(experimentId).bites(),
  };
}
