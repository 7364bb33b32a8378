import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  type Experiment,
  type ExperimentAction,
  type FisClient,
  paginateListExperiments,
} from '@aws-sdk/client-fis';
import type { RunnerInput } from '../../plan/runner-input.ts';
import type { Clock, FaultInjector, FaultState } from '../../run/ports.ts';
import { alarmThatFired } from '../cloudwatch-alarms.ts';
import { isTerminal, readExperiment, resolvedTargets, statusOf } from '../fis-experiment.ts';
import { pollMs } from './pace.ts';
import { stopExperiment } from './stop-experiment.ts';

/** The action that does nothing for a time; a template in production begins with one. */
const waitAction = 'aws:fis:wait';

function faultStart(actions: readonly ExperimentAction[]): Pick<FaultState, 'faultStartMs'> {
  const faults = actions.filter(({ actionId }) => actionId !== waitAction);
  const starts = faults.flatMap(({ startTime }) => startTime?.getTime() ?? []);
  return starts.length === 0 ? {} : { faultStartMs: Math.min(...starts) };
}

export interface RunningFaultOptions {
  readonly fis: FisClient;
  readonly cloudWatch: CloudWatchClient;
  readonly clock: Clock;
  readonly input: RunnerInput;
}

/** Faults by AWS FIS that have been started: how they are, and their end. */
export function createRunningFaults(
  options: RunningFaultOptions,
): Pick<FaultInjector, 'active' | 'pollMs' | 'state' | 'stop' | 'targets'> {
  const { fis, cloudWatch, clock, input } = options;

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

  return {
    pollMs,

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

    stop: (experimentId) => stopExperiment(fis, experimentId),

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
  };
}
