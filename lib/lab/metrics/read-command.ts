import type { Clock } from '../../run/ports.ts';
import type { OwnedProcesses } from '../processes/owned-processes.ts';

/** What the commands of metrics are run by. */
export interface CommandReading {
  readonly processes: OwnedProcesses;
  /** Commands run here: the folder of the lab's file. */
  readonly folder: string;
  readonly clock: Clock;
}

/** How long a command that is too slow may take to end by itself. */
const graceMs = 100;

/**
 * The number that a command writes; undefined where it writes anything else, fails, or takes too long. What it says besides is in its log.
 */
export async function readCommand(
  { processes, folder, clock }: CommandReading,
  metric: { readonly name: string; readonly command: readonly string[]; readonly withinMs: number },
): Promise<number | undefined> {
  const { command, withinMs } = metric;
  const managed = await processes.start({ name: `metric-${metric.name}`, command, folder, input: '' });
  const over = new AbortController();
  const late = clock.sleep(withinMs, over.signal).then(() => undefined);
  const exit = await Promise.race([managed.exited, late]);
  over.abort();
  if (exit?.code !== 0) {
    await managed.stop(graceMs);
    return undefined;
  }
  const text = (await managed.output).trim();
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? undefined : number;
}

/** Asks again only once the one under way has answered: guards and probes may ask for the same metric at the same time. */
export function oneAtATime<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let underWay: Promise<Value> | undefined;
  return () => {
    underWay ??= read().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
