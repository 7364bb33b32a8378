import type { Experiment } from '../experiment/experiment.ts';
import type { Lab } from '../experiment/lab.ts';
import { createLabEcsServices } from '../lab/ecs-services.ts';
import { createLabInventory } from '../lab/fis/lab-inventory.ts';
import { createLocalFis } from '../lab/fis/local-fis.ts';
import { createLabGuards } from '../lab/guards.ts';
import { labResidue } from '../lab/lab-residue.ts';
import { isLoopback } from '../lab/loopback.ts';
import { createLabMetrics } from '../lab/metrics/metric-source.ts';
import type { RunningLab } from '../lab/running-lab.ts';
import type { FisTemplate } from '../plan/fis-template.ts';
import type { RunnerInput } from '../plan/runner-input.ts';
import { withSources } from '../probing/behind.ts';
import { createHttpProber } from '../probing/http-prober.ts';
import { secretOfVariable } from '../probing/secret-of-variable.ts';
import { createSelfCheck } from '../probing/self-check.ts';
import { createLocalVantageProber } from '../probing/vantage-prober.ts';
import type { Approvals, Clock, Halts, Notifier, Random, RunPorts, RunStore } from '../run/ports.ts';
import type { Progress } from '../run/progress.ts';
import { createLocalFunctions } from './local-functions.ts';
import { createLocalLiveRuns } from './local-live-runs.ts';
import { createLocalRollbacks } from './local-rollbacks.ts';
import { createLocalTraffic } from './local-traffic.ts';
import { createMemoryApprovals } from './memory-approvals.ts';
import { onlyOnALaptop } from './only-on-a-laptop.ts';

/** What a run in a lab reaches of the world: the lab, this machine's clock, and a folder. */
export function createLocalPorts(options: {
  readonly lab: Lab;
  readonly running: RunningLab;
  /** The folder of the lab's file. */
  readonly folder: string;
  readonly logFolder: string;
  readonly experiment: Experiment;
  readonly input: RunnerInput;
  readonly templates: readonly FisTemplate[];
  readonly clock: Clock;
  /** Something of this process's own that is known to be well. */
  readonly selfCheckUrl: string;
  readonly random: Random;
  readonly store: RunStore;
  readonly halts: Halts;
  /** Where approvals are asked for; in memory, where absent. */
  readonly approvals?: Approvals;
  readonly notifier: Notifier;
  readonly progress: Progress;
}): RunPorts {
  const { lab, running, experiment, input, clock, random } = options;
  const urls = Object.fromEntries(Object.entries(input.services).map(([name, { url }]) => [name, url]));
  const guards = createLabGuards(lab.guards, running, clock);
  const asking = createHttpProber({
    clock,
    urls,
    secret: secretOfVariable,
    // A look at this machine's loopback takes next to nothing, so nobody need wait for the next.
    selfCheck: createSelfCheck({ url: options.selfCheckUrl, clock, everyMs: 100 }),
    refuse: (url) =>
      isLoopback(url.href) ? undefined : `${url.host} is not this machine, and a rehearsal never leaves it`,
  });
  const metrics = createLabMetrics(running);
  return {
    clock,
    prober: withSources({ prober: createLocalVantageProber(asking), metrics, clock }),
    metrics,
    ecsServices: createLabEcsServices(running),
    functions: createLocalFunctions({ lab, folder: options.folder, logFolder: options.logFolder, clock }),
    faults: createLocalFis({
      lab: running,
      labId: lab.id,
      templates: options.templates,
      guards: guards.readers,
      clock,
      random,
    }),
    inventory: createLabInventory(running, input.selects),
    // The stand-ins for FIS act on links and processes, which need nothing of their own.
    prerequisites: {
      look: async () => ({
        unmet: [],
        evidence: 'nothing to look at: a stand-in needs nothing of what it hits',
      }),
    },
    guards,
    // Every rehearsal has processes of its own: no two can touch the same service.
    leases: {
      acquire: async () => ({ held: true, token: 1 }),
      inTheWay: async () => undefined,
      renew: async () => true,
      release: async () => undefined,
    },
    liveRuns: createLocalLiveRuns(),
    store: options.store,
    traffic: createLocalTraffic({
      traffic: experiment.traffic,
      lab,
      folder: options.folder,
      logFolder: options.logFolder,
      clock,
      urlOf: (service) => running.serviceUrl(service),
    }),
    rollbacks: createLocalRollbacks({
      experiment,
      lab,
      folder: options.folder,
      logFolder: options.logFolder,
      clock,
      urls,
      secret: secretOfVariable,
    }),
    residue: labResidue(running),
    notifier: options.notifier,
    halts: options.halts,
    approvals: options.approvals ?? createMemoryApprovals(clock),
    ...onlyOnALaptop,
    progress: options.progress,
  };
}
