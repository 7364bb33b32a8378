import { createInterface } from 'node:readline';
import type { Io } from '../io.ts';

/** Asks on the terminal for one line; undefined where the answer is Ctrl-C, or the end of the input. */
export function askPerson(
  io: Io,
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<string | undefined> {
  const lines = createInterface({ input, output: io.stderr, terminal: true });
  return new Promise((resolve) => {
    const end = (answer?: string) => {
      resolve(answer);
      lines.close();
    };
    lines.on('SIGINT', () => end());
    lines.on('close', () => resolve(undefined));
    lines.question(question, (answer) => end(answer.trim()));
  });
}
