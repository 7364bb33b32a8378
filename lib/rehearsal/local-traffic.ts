import type { Lab, LabMaker } from '../experiment/lab.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Traffic as TrafficDefinition } from '../experiment/traffic.ts';
import { trafficMakerOf } from '../experiment/traffic-maker.ts';
import { playLoad } from '../lab/load.ts';
import { type OwnedProcesses, ownProcesses } from '../lab/processes/owned-processes.ts';
import type { Clock, Traffic } from '../run/ports.ts';

/** Something that makes traffic until it is ended. */
interface Running {
  readonly ended: () => boolean;
  readonly stop: () => Promise<void>;
}

/**
 * Traffic in a lab: a command of its own that runs until it is stopped, or requests at a fixed rate. There is nothing to keep up but
 * a command that ended: it is started anew.
 */
export function createLocalTraffic(options: {
  readonly traffic: TrafficDefinition | undefined;
  readonly lab: Lab;
  /** Commands run here: the folder of the lab's file. */
  readonly folder: string;
  /** What commands say is written here. */
  readonly logFolder: string;
  readonly clock: Clock;
  /** Where each service that answers HTTP is asked. */
  readonly urlOf: (service: string) => string;
}): Traffic {
  const { lab, traffic } = options;
  let running: Running | undefined;

  return {
    ask: async ({ action, runId }) => {
      if (action === 'stop') {
        const ending = running;
        running = undefined;
        await ending?.stop();
        return;
      }
      if (running !== undefined && !running.ended()) return;
      await running?.stop();
      const played = playedBy(traffic, lab);
      running =
        'load' in played ? sendRequests(played, options) : await runCommand(played.command, runId, options);
    },
  };
}

function playedBy(
  traffic: TrafficDefinition | undefined,
  lab: Lab,
): Exclude<LabMaker, { notRehearsable: string }> {
  if (traffic === undefined)
    throw new SteadfastError('invalid', 'the experiment names nothing that makes traffic');
  const { kind, name, words } = trafficMakerOf(traffic);
  const played = (kind === 'function' ? lab.functions : lab.stateMachines)?.[name];
  if (played === undefined || 'notRehearsable' in played)
    throw new SteadfastError('invalid', `lab '${lab.id}' has nothing to play the ${words} '${name}'`);
  return played;
}

type Options = Parameters<typeof createLocalTraffic>[0];

function sendRequests({ load }: Extract<LabMaker, { load: unknown }>, { clock, urlOf }: Options): Running {
  const ending = new AbortController();
  const sending = load.map(({ service, path, rate }) =>
    playLoad({ url: new URL(path, urlOf(service)).href, perSecond: rate.perSecond }, clock, ending.signal),
  );
  return {
    ended: () => ending.signal.aborted,
    stop: async () => {
      ending.abort();
      await Promise.all(sending);
    },
  };
}

async function runCommand(command: readonly string[], runId: string, options: Options): Promise<Running> {
  const { folder, logFolder, lab } = options;
  const processes: OwnedProcesses = ownProcesses({ logFolder });
  let ended = false;
  try {
    const managed = await processes.start({
      name: 'traffic',
      command,
      folder,
      env: { STEADFAST_RUN: runId, STEADFAST_URLS: JSON.stringify(urlsOf(lab, options)) },
    });
    void managed.exited.then(() => {
      ended = true;
    });
  } catch (cause) {
    await processes.stop();
    throw cause;
  }
  return { ended: () => ended, stop: () => processes.stop() };
}

const urlsOf = (lab: Lab, { urlOf }: Options): Record<string, string> =>
  Object.fromEntries(
    Object.entries(lab.services).flatMap(([name, service]) =>
      'command' in service || 'url' in service ? [[name, urlOf(name)]] : [],
    ),
  );
