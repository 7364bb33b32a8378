import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';

const readySchema = z.object({ ports: z.record(z.string(), z.int()) });

const usageSchema = z.object({ rssMb: z.number(), cpuMs: z.number() });
export type Usage = z.output<typeof usageSchema>;

/** A process that listens on ports, each by its name. */
export interface Helper {
  port(name: string): number;
  /** Its memory now, and the time of a processor that it has had. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts one of the files beside this one, with what it is told on its command line. */
export async function startHelper(file: string, told: object): Promise<Helper> {
  const child = fork(new URL(file, import.meta.url), [JSON.stringify(told)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const said = () => new Promise<unknown>((resolve) => child.once('message', resolve));
  const { ports } = readySchema.parse(await said());
  return {
    port: (name) => {
      const port = ports[name];
      if (port === undefined) throw new Error(`${file} has no port '${name}'`);
      return port;
    },
    usage: async () => {
      const answer = said();
      child.send('usage');
      return usageSchema.parse(await answer);
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}
