import type { Lab } from '../experiment/lab.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { lastLines } from '../lab/processes/last-lines.ts';
import { exitText } from '../lab/processes/managed-process.ts';
import { ownProcesses } from '../lab/processes/owned-processes.ts';
import type { Clock, Functions } from '../run/ports.ts';

/**
 * Calls what plays the functions of an environment in a lab: a command that reads the payload from its standard input and writes its
 * answer to its standard output. What it writes to its standard error is in its log. An exit code other than 0 is a function that failed.
 */
export function createLocalFunctions(options: {
  readonly lab: Lab;
  /** Commands run here: the folder of the lab's file. */
  readonly folder: string;
  readonly logFolder: string;
  readonly clock: Clock;
}): Functions {
  const { lab, folder, logFolder, clock } = options;
  return {
    call: async (name, payload, timeoutMs) => {
      const played = lab.functions?.[name];
      if (played === undefined || !('command' in played))
        throw new SteadfastError('invalid', `lab '${lab.id}' has no command for the function '${name}'`);
      const { command } = played;
      const processes = ownProcesses({ logFolder });
      const over = new AbortController();
      try {
        const managed = await processes.start({ name: `function-${name}`, command, folder, input: payload });
        const late = clock.sleep(timeoutMs, over.signal).then(() => undefined);
        const exit = await Promise.race([managed.exited, late]);
        if (exit?.code === 0) return await managed.output;
        const how =
          exit === undefined
            ? `did not end within ${Math.round(timeoutMs)} ms`
            : `ended with ${exitText(exit)}`;
        const said = lastLines(managed.logFile).at(-1);
        throw new SteadfastError(
          'internal',
          `the function ${name} ${how}${said === undefined ? '' : `, and said last: ${said}`}`,
        );
      } finally {
        over.abort();
        await processes.stop();
      }
    },
  };
}
