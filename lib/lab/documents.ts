import type { Lab } from '../experiment/lab.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { lastLines } from './processes/last-lines.ts';
import { type Exit, exitText } from './processes/managed-process.ts';
import { graceMs, type OwnedProcesses } from './processes/owned-processes.ts';

/** A document under way, played by a command. */
export interface RunningDocument {
  /** How it ended, once it has: well, or with what it said last. */
  readonly ended: Promise<{ readonly isWell: boolean; readonly text: string }>;
  /** Ends it and all that it has started; twice is no error. */
  stop(): Promise<void>;
}

/**
 * Runs what plays a document.
 *
 * @param on names what it runs on, in messages and its log: the id of a replica
 * @param env what it is told
 * @throws SteadfastError `invalid` for a document that the lab has no command for
 */
export type RunDocument = (
  document: string,
  on: string,
  env: Readonly<Record<string, string>>,
) => Promise<RunningDocument>;

export const createRunDocument =
  (lab: Lab, processes: OwnedProcesses, folder: string): RunDocument =>
  async (document, on, env) => {
    const played = lab.documents?.[document];
    if (played === undefined || !('command' in played)) {
      throw new SteadfastError(
        'invalid',
        `the lab '${lab.id}' has no command for the document '${document}'`,
        {
          hint: `give it documents: { ${document}: { command: [...] } }`,
        },
      );
    }
    const { command } = played;
    const managed = await processes.start({ name: `document-${document}-${on}`, command, env, folder });
    const textOf = (exit: Exit) => {
      const said = lastLines(managed.logFile).at(-1);
      return `ended with ${exitText(exit)}${said === undefined ? '' : `, and said last: ${said}`}`;
    };
    return {
      ended: managed.exited.then((exit) => ({ isWell: exit.code === 0, text: textOf(exit) })),
      stop: async () => void (await managed.stop(graceMs)),
    };
  };
