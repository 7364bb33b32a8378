import type { Progress } from '../run/progress.ts';

/** The part of a structured logger that progress needs. */
export interface Log {
  info(message: string, details: Record<string, unknown>): void;
}

/** Figures of windows are logged to a hundredth: more digits would be paid for, and nobody reads them. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 100) / 100 : value;

/** Writes the progress of a run to the log, from which the command shows it (`command/progress-line.ts` reads it again). */
export function createLogProgress(log: Log): Progress {
  return {
    tell: (event) => {
      const { kind, atMs, ...details } = event;
      const line = { progress: kind, at: new Date(atMs).toISOString(), ...details };
      log.info('progress', JSON.parse(JSON.stringify(line, rounded)));
    },
  };
}
