import type { Experiment } from '../experiment/experiment.ts';
import type { Lab } from '../experiment/lab.ts';
import type { Rollback } from '../experiment/rollback.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { lastLines } from '../lab/processes/last-lines.ts';
import { exitText } from '../lab/processes/managed-process.ts';
import { ownProcesses } from '../lab/processes/owned-processes.ts';
import { sendRollbackRequest } from '../probing/rollback-request.ts';
import type { Clock, Rollbacks } from '../run/ports.ts';

/** Carries out rollbacks in a lab: requests to its services, and commands of its own in place of functions and documents. */
export function createLocalRollbacks(options: {
  readonly experiment: Experiment;
  readonly lab: Lab;
  /** Commands run here: the folder of the lab's file. */
  readonly folder: string;
  /** What commands say is written here. */
  readonly logFolder: string;
  readonly clock: Clock;
  readonly urls: Readonly<Record<string, string>>;
  readonly secret: (name: string) => Promise<string>;
}): Rollbacks {
  return {
    perform: async (name, runId, timeoutMs) => {
      const rollback = options.experiment.rollbacks?.[name];
      if (rollback === undefined) throw new SteadfastError('unknown-id', `there is no rollback '${name}'`);
      if ('http' in rollback) return sendRollbackRequest(rollback.http, { ...options, runId, timeoutMs });
      const { lab, folder, logFolder, clock } = options;
      const start = { name: `rollback-${name}`, folder, logFolder };
      return runCommand(commandOf(rollback, lab), start, clock, runId, timeoutMs);
    },
  };
}

function commandOf(rollback: Exclude<Rollback, { http: unknown }>, lab: Lab): readonly string[] {
  if ('command' in rollback) return rollback.command;
  const [kind, name, played] =
    'lambda' in rollback
      ? (['function', rollback.lambda.function, lab.functions?.[rollback.lambda.function]] as const)
      : ([
          'document',
          rollback.ssmAutomation.document,
          lab.documents?.[rollback.ssmAutomation.document],
        ] as const);
  if (played === undefined || !('command' in played)) {
    throw new SteadfastError('invalid', `lab '${lab.id}' has no command for the ${kind} '${name}'`);
  }
  return played.command;
}

/**
 * Runs a command to its end. Its process is the lab's kind: in a group of its own, so that a Ctrl-C in the terminal, which asks
 * for the rollback, does not end it; and ended with all it has started when its time is up or this process dies.
 */
async function runCommand(
  command: readonly string[],
  start: { readonly name: string; readonly folder: string; readonly logFolder: string },
  clock: Clock,
  runId: string,
  timeoutMs: number,
): Promise<string> {
  const processes = ownProcesses({ logFolder: start.logFolder });
  const over = new AbortController();
  const text = command.join(' ');
  try {
    const managed = await processes.start({ ...start, command, env: { STEADFAST_RUN: runId } });
    const late = clock.sleep(timeoutMs, over.signal).then(() => undefined);
    const exit = await Promise.race([managed.exited, late]);
    if (exit?.code === 0) return `${text} ended with exit code 0`;
    const how =
      exit === undefined ? `did not end within ${Math.round(timeoutMs)} ms` : `ended with ${exitText(exit)}`;
    const said = lastLines(managed.logFile).at(-1);
    throw new SteadfastError(
      'internal',
      `${text} ${how}${said === undefined ? '' : `, and said last: ${said}`}`,
    );
  } finally {
    over.abort();
    await processes.stop();
  }
}
