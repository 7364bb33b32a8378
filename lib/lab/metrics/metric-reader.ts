import type { Lab } from '../../experiment/lab.ts';
import { fillPlaceholders, type LinkAddress } from '../placeholders.ts';
import type { RunningLab } from '../running-lab.ts';
import { addressOf } from '../services.ts';
import { type CommandReading, oneAtATime, readCommand } from './read-command.ts';
import { readHttp } from './read-http.ts';
import { readLink } from './read-link.ts';
import { openSqlReader, type SqlReader } from './read-sql.ts';

/** Reads a lab's metrics while it runs. */
export interface MetricReader {
  /** Undefined when there is no value, whatever the reason. Never rejects. */
  read(metric: string): Promise<number | undefined>;
  close(): Promise<void>;
}

/**
 * @throws SteadfastError `cannot-begin` when a package that a metric needs is not installed, `invalid` for a command that names no service
 */
export async function openMetricReader(
  lab: Lab,
  running: Pick<RunningLab, 'replicas' | 'link' | 'serviceUrl'>,
  commands: CommandReading,
): Promise<MetricReader> {
  const databases = new Set(
    Object.values(lab.metrics ?? {}).flatMap((metric) => ('sql' in metric ? [metric.service] : [])),
  );
  const readers = new Map<string, SqlReader>();
  for (const service of databases) readers.set(service, await openSqlReader(running.serviceUrl(service)));

  const ownAddresses = addressesIn(lab, running);
  const byCommand = new Map(
    Object.entries(lab.metrics ?? {}).flatMap(([name, metric]) => {
      if (!('command' in metric)) return [];
      const command = metric.command.map((word) => fillPlaceholders(word, { links: ownAddresses }));
      const asked = { name, command, withinMs: metric.within.ms };
      return [[name, oneAtATime(() => readCommand(commands, asked))] as const];
    }),
  );

  const read = async (name: string): Promise<number | undefined> => {
    const metric = lab.metrics?.[name];
    if (metric === undefined || 'notRehearsable' in metric) return undefined;
    if ('sql' in metric) return readers.get(metric.service)?.read(metric.sql);
    if ('command' in metric) return byCommand.get(name)?.();
    if ('link' in metric) return readLink(running, metric.link, metric.counter);
    return readHttp(
      new URL(metric.http.path, running.serviceUrl(metric.http.service)).href,
      metric.http.numberOf,
    );
  };
  return {
    // Nobody answers, or no number: to whoever judges, both are the absence of data.
    read: (name) => read(name).catch(() => undefined),
    close: async () => {
      await Promise.all([...readers.values()].map((reader) => reader.close()));
    },
  };
}

/** Where services are by themselves: what is measured is not to feel a fault on a link. */
function addressesIn(lab: Lab, running: Pick<RunningLab, 'serviceUrl'>): ReadonlyMap<string, LinkAddress> {
  return new Map(
    Object.entries(lab.services).flatMap(([name, service]) => {
      if ('notRehearsable' in service || 'network' in service) return [];
      const url = running.serviceUrl(name);
      const forms = { ...addressOf(url), url };
      return [[name, { ...forms, real: forms }] as const];
    }),
  );
}
