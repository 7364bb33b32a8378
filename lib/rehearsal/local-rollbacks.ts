import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Experiment } from '../experiment/experiment.ts';
import type { Lab } from '../experiment/lab.ts';
import type { Rollback } from '../experiment/rollback.ts';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import { sendRollbackRequest } from '../probing/rollback-request.ts';
import type { Rollbacks } from '../run/ports.ts';

const run = promisify(execFile);

/** Carries out rollbacks in a lab: requests to its services, and commands of its own in place of functions and documents. */
export function createLocalRollbacks(options: {
  readonly experiment: Experiment;
  readonly lab: Lab;
  /** Commands run here: the folder of the lab's file. */
  readonly folder: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly secret: (name: string) => Promise<string>;
}): Rollbacks {
  return {
    perform: async (name, runId, timeoutMs) => {
      const rollback = options.experiment.rollbacks?.[name];
      if (rollback === undefined) throw new SteadfastError('unknown-id', `there is no rollback '${name}'`);
      if ('http' in rollback) return sendRollbackRequest(rollback.http, { ...options, runId, timeoutMs });
      return runCommand(commandOf(rollback, options.lab), options.folder, runId, timeoutMs);
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

async function runCommand(
  command: readonly string[],
  cwd: string,
  runId: string,
  timeout: number,
): Promise<string> {
  const [program = '', ...args] = command;
  try {
    await run(program === 'node' ? process.execPath : program, args, {
      cwd,
      timeout: Math.max(1, Math.floor(timeout)),
      killSignal: 'SIGKILL',
      env: { ...process.env, STEADFAST_RUN: runId },
    });
    return `${command.join(' ')} ended with exit code 0`;
  } catch (cause) {
    throw new SteadfastError('internal', `${command.join(' ')} failed: ${messageOf(cause).split('\n')[0]}`, {
      cause,
    });
  }
}
