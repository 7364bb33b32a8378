import type { Lab } from '../../experiment/lab.ts';
import type { RunningLab } from '../running-lab.ts';
import { readHttp } from './read-http.ts';
import { readLink } from './read-link.ts';
import { openSqlReader, type SqlReader } from './read-sql.ts';

/** Reads a lab's metrics while it runs. */
export interface MetricReader {
  /** Undefined when there is no value, whatever the reason. Never rejects. */
  read(metric: string): Promise<number | undefined>;
  close(): Promise<void>;
}

/** @throws SteadfastError `cannot-begin` when a package that a metric needs is not installed */
export async function openMetricReader(
  lab: Lab,
  running: Pick<RunningLab, 'replicas' | 'link' | 'serviceUrl'>,
): Promise<MetricReader> {
  const databases = new Set(
    Object.values(lab.metrics ?? {}).flatMap((metric) => ('sql' in metric ? [metric.service] : [])),
  );
  const readers = new Map<string, SqlReader>();
  for (const service of databases) readers.set(service, await openSqlReader(running.serviceUrl(service)));

  const read = async (name: string): Promise<number | undefined> => {
    const metric = lab.metrics?.[name];
    if (metric === undefined || 'notRehearsable' in metric) return undefined;
    if ('sql' in metric) return readers.get(metric.service)?.read(metric.sql);
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
