import type { Progress } from '../run/progress.ts';

/** The part of a structured logger that progress needs. */
export interface Log {
  info(message: string, details: Record<string, unknown>): void;
  debug(message: string, details: Record<string, unknown>): void;
}

/** Writes the progress of a run to the log; windows, of which there are many, for debugging only. */
export function createLogProgress(log: Log): Progress {
  return {
    tell: (event) => {
      const { kind, atMs, ...details } = event;
      const line = { progress: kind, at: new Date(atMs).toISOString(), ...details };
      if (kind === 'window') log.debug('progress', line);
      else log.info('progress', line);
    },
  };
}
