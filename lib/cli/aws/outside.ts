import type { Connection, ConnectionChoice } from '../../aws/command/connection.ts';
import { systemClock } from '../../probing/system-clock.ts';
import type { Clock } from '../../run/ports.ts';
import type { Io } from '../io.ts';
import { askPerson } from './ask-person.ts';

/** What the words that act in AWS reach of the world besides streams. */
export interface Outside {
  readonly clock: Clock;
  readonly connect: (choice: ConnectionChoice) => Promise<Connection>;
  /** Asks the person at the terminal; undefined where they answer nothing. Absent where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Tells each signal that asks the process to end; the answer gives the signals back. */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => () => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export const processOutside = (io: Io): Outside => ({
  clock: systemClock,
  // The SDK takes longer to load than all of the command: only whoever acts in AWS waits for it.
  connect: async (choice) => (await import('../../aws/command/connection.ts')).connect(choice),
  ...(io.isTerminal && process.stdin.isTTY === true ? { ask: (question) => askPerson(io, question) } : {}),
  onSignal: (listener) => {
    for (const name of signals) process.on(name, listener);
    return () => {
      for (const name of signals) process.off(name, listener);
    };
  },
});
