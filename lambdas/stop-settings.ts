import * as z from 'zod/mini';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import type { FunctionLog } from './log.ts';
import { readSettings, type Settings } from './settings.ts';

/** The part of a log that these functions use. */
export type StopLog = Pick<FunctionLog, 'error' | 'info'>;

export type Variables = Readonly<Record<string, string | undefined>>;

/** What the functions are told that end runs from outside. */
export interface StopSettings extends Settings {
  /** The ARN of the runner's executions, up to the name. */
  readonly runnerExecutions: string;
}

export function readStopSettings(variables: Variables): StopSettings {
  const runnerExecutions = z
    .string()
    .check(z.startsWith('arn:'))
    .safeParse(variables['STEADFAST_RUNNER_EXECUTIONS']);
  if (runnerExecutions.success)
    return { ...readSettings(variables), runnerExecutions: runnerExecutions.data };
  throw new SteadfastError(
    'invalid',
    'the environment variable STEADFAST_RUNNER_EXECUTIONS is missing or wrong',
    {
      hint: 'deploy the runner again',
    },
  );
}
