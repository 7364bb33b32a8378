import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { ECSClient } from '@aws-sdk/client-ecs';
import {
  type Experiment,
  type ExperimentAction,
  type FisClient,
  paginateListExperiments,
  StopExperimentCommand,
} from '@aws-sdk/client-fis';
import { biteMetricOf } from '../experiment/fault-parts.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { BiteMetric } from '../fis/bite-metric.ts';
import { tagKeys } from '../plan/aws-names.ts';
import { experimentOf, type RunnerInput } from '../plan/runner-input.ts';
import type { Clock, FaultInjector, FaultState, Stretch } from '../run/ports.ts';
import { isNamed } from './aws-error.ts';
import { alarmThatFired } from './cloudwatch-alarms.ts';
import { createCloudWatchMetrics } from './cloudwatch-metrics.ts';
import { biteEvidence } from './fis-bite/bite-evidence.ts';
import { metricMoved } from './fis-bite/metric-moved.ts';
import { isTerminal, readExperiment, resolvedTargets, statusOf } from './fis-experiment.ts';
import { startExperiment, startPreview } from './fis-start.ts';
import type { LazyEc2 } from './lazy-ec2.ts';

/** FIS promises no pace for its states; its own console looks every few seconds. */
const pollMs = 5_000;

/** A preview resolves targets and skips the rest: seconds, with logging set up for the first time some fifteen. Longer than this and it is given up (and stopped). */
const previewWithinMs = 60_000;

/** Tags that say whose an experiment is; the sweep and the console find it by them. */
const runTags = (input: RunnerInput, runId: string) => ({
  [tagKeys.run]: runId,
  [tagKeys.experiment]: experimentOf(input).id,
  [tagKeys.environment]: input.environment.id,
});

/** The action that does nothing for a time; a template in production begins with one. */
const waitAction = 'aws:fis:wait';

function faultStart(actions: readonly ExperimentAction[]): Pick<FaultState, 'faultStartMs'> {
  const faults = actions.filter(({ actionId }) => actionId !== waitAction);
  const starts = faults.flatMap(({ startTime }) => startTime?.getTime() ?? []);
  return starts.length === 0 ? {} : { faultStartMs: Math.min(...starts) };
}

/** Faults by AWS FIS, from the templates of one experiment's stages. */
export function createFisFaultInjector(options: {
  readonly fis: FisClient;
  readonly ec2: LazyEc2;
  readonly ecs: ECSClient;
  readonly cloudWatch: CloudWatchClient;
  readonly clock: Clock;
  readonly input: RunnerInput;
}): FaultInjector {
  const { fis, ec2, ecs, cloudWatch, clock, input } = options;

  const stageOf = (index: number) => {
    const stage = input.stages[index];
    if (stage === undefined) throw new SteadfastError('internal', `there is no stage ${index}`);
    return stage;
  };

  const stop = async (id: string): Promise<void> => {
    try {
      await fis.send(new StopExperimentCommand({ id }));
    } catch (thrown) {
      if (isNamed(thrown, 'ResourceNotFoundException')) return;
      // FIS refuses to stop what has ended as a bad request: whether it has is asked, not read from its words.
      if (
        isNamed(thrown, 'ValidationException') &&
        isTerminal(statusOf((await readExperiment(fis, id)).state))
      )
        return;
      throw thrown;
    }
  };

  /** FIS gives its reason in words that are not to be parsed, so the alarms themselves are asked. */
  const stoppedBy = async (experiment: Experiment): Promise<Pick<FaultState, 'stoppedBy'>> => {
    const fromMs = (experiment.startTime ?? experiment.creationTime)?.getTime();
    if (fromMs === undefined) return {};
    // FIS stops on no alarm of another account or Region; here is none of that name.
    const alarms = Object.values(input.guards).flatMap(({ alarm, polled }) =>
      polled === undefined ? alarm : [],
    );
    const fired = await alarmThatFired(
      cloudWatch,
      alarms,
      fromMs,
      experiment.endTime?.getTime() ?? clock.now(),
    );
    return fired === undefined ? {} : { stoppedBy: 'guard' };
  };

  const metrics = createCloudWatchMetrics({ cloudWatch, metrics: input.metrics });
  const moved = (baseline: Stretch | undefined) => (asked: BiteMetric, fault: Stretch | undefined) =>
    metricMoved(asked, {
      metrics,
      periodMs: input.metrics[asked.metric]?.period.ms ?? 0,
      baseline,
      fault,
      nowMs: clock.now(),
    });

  return {
    pollMs,

    preview: async (stage, runId) => {
      const tags = { ...runTags(input, runId), 'steadfast:preview': 'true' };
      const { templateId, label } = stageOf(stage);
      const id = await startPreview(fis, { templateId, token: `${runId}-preview-${stage}`, tags }, stop);
      const untilMs = clock.now() + previewWithinMs;
      for (;;) {
        const { state } = await readExperiment(fis, id);
        const status = statusOf(state);
        if (status === 'completed') return resolvedTargets(fis, id);
        if (isTerminal(status)) {
          throw new SteadfastError(
            'invalid',
            `the preview of stage ${label} ended as ${status}: ${state?.reason ?? 'FIS gave no reason'}`,
            {
              hint: `look at experiment ${id} in the FIS console; often nothing matches the selector, or the safety lever is engaged`,
            },
          );
        }
        if (clock.now() >= untilMs) {
          await stop(id);
          throw new SteadfastError(
            'busy',
            `the preview of stage ${label} took longer than ${previewWithinMs / 1_000} s, so it was stopped (experiment ${id})`,
            {
              hint: 'FIS is slow here: start again in some minutes, and see the experiment in the FIS console',
            },
          );
        }
        await clock.sleep(pollMs);
      }
    },

    start: async (stage, { runId, token }) => ({
      experimentId: await startExperiment(fis, {
        templateId: stageOf(stage).templateId,
        token,
        tags: runTags(input, runId),
      }),
    }),

    state: async (experimentId) => {
      const experiment = await readExperiment(fis, experimentId);
      const status = statusOf(experiment.state);
      const actions = Object.entries(experiment.actions ?? {});
      return {
        status,
        reason: experiment.state?.reason ?? '',
        actions: Object.fromEntries(actions.map(([name, { state }]) => [name, state?.status ?? 'unknown'])),
        ...faultStart(actions.map(([, action]) => action)),
        ...(isTerminal(status) && experiment.endTime !== undefined
          ? { endMs: experiment.endTime.getTime() }
          : {}),
        ...(status === 'stopping' || status === 'stopped' ? await stoppedBy(experiment) : {}),
      };
    },

    targets: async (experimentId) => {
      const status = statusOf((await readExperiment(fis, experimentId)).state);
      // Before it runs FIS is still looking, and its list may be short.
      return status === 'pending' || status === 'initiating' ? undefined : resolvedTargets(fis, experimentId);
    },

    stop,

    active: async (runId) => {
      const active: string[] = [];
      for await (const page of paginateListExperiments({ client: fis }, { maxResults: 100 })) {
        for (const { id, state, tags } of page.experiments ?? []) {
          if (id !== undefined && tags?.['steadfast:run'] === runId && !isTerminal(statusOf(state)))
            active.push(id);
        }
      }
      return active;
    },

    bite: async (stage, experimentId, baseline) => {
      const { faults } = experimentOf(input);
      return biteEvidence({
        faults: stageOf(stage).faults.map(({ name, action }) => {
          const fault = faults[name];
          const asked = fault === undefined ? undefined : biteMetricOf(fault);
          return {
            name,
            action: input.actions[action],
            ...(asked === undefined ? {} : { metric: { asked, moved: moved(baseline) } }),
          };
        }),
        experiment: await readExperiment(fis, experimentId),
        targets: await resolvedTargets(fis, experimentId),
        clients: { ec2, ecs },
      });
    },
  };
}
