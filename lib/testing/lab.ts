import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabDefinition } from '../experiment/lab.ts';
import type { RunningLab } from '../lab/running-lab.ts';
import { startLab } from '../lab/start-lab.ts';
import { systemClock } from '../probing/system-clock.ts';
import { seededRandom } from '../run/seeded-random.ts';
import { createFaults } from './faults.ts';
import { findLab, withEnv } from './find-lab.ts';
import type { LabOptions, TestLab } from './test-lab.ts';

const linksOf = (running: RunningLab) =>
  running.replicas.flatMap(({ id }) =>
    [...running.links(id)].map(([to, link]) => {
      const { connections, activeConnections, bytes } = link.counters();
      return { from: id, to, connections, activeConnections, bytes, toxics: link.toxicsInPlace() };
    }),
  );

/**
 * Starts a lab for tests: its services as processes of their own, with a link from each replica to each service that it uses.
 * Stop it when the tests are over, by `await using`, by a fixture or by `stop()`; it ends with this process in any case.
 *
 * @param asked the lab's definition, its file, or its id (the name of its file in `experiments/labs`)
 * @throws SteadfastError for a lab that cannot be found, is wrong, or does not start; nothing is left running then
 * @example
 * await using shop = await lab('shop');
 * const response = await shop.fetch('shop', '/products');
 */
export async function lab(asked: LabDefinition | string, options: LabOptions = {}): Promise<TestLab> {
  const { seed = 1, signal, tell } = options;
  const found = withEnv(await findLab(asked, options.folder), options.env);
  const random = seededRandom(seed);
  const logFolder = options.logs ?? (await mkdtemp(join(tmpdir(), `steadfast-${found.parsed.id}-`)));
  // The logs of a lab that did not start are what its error points at: they are kept.
  const running = await startLab({
    lab: found.parsed,
    folder: found.folder,
    logFolder,
    random,
    clock: systemClock,
    ...(signal === undefined ? {} : { signal }),
    ...(tell === undefined ? {} : { tell }),
  });
  const faults = createFaults({ found, running, clock: systemClock, random });
  const asks = running.services.filter(({ kind }) => kind !== 'network');
  const url = (service: string) => running.serviceUrl(service);
  const stop = async () => {
    try {
      await faults.close();
    } finally {
      await running.stop();
    }
    if (options.logs === undefined) await rm(logFolder, { recursive: true, force: true });
  };
  let stopped: Promise<void> | undefined;
  const stopOnce = () => {
    stopped ??= stop();
    return stopped;
  };
  return {
    id: found.parsed.id,
    urls: Object.fromEntries(asks.map(({ name }) => [name, url(name)])),
    get replicas() {
      return running.replicas.map(({ id, service, pid, alive }) => ({ id, service, pid, alive }));
    },
    get links() {
      return linksOf(running);
    },
    url,
    fetch: (service, path, init) => fetch(new URL(path, url(service)), init),
    inject: (fault, of) => faults.putIn(fault, of),
    endFaults: () => faults.endAll(),
    stop: stopOnce,
    [Symbol.asyncDispose]: stopOnce,
  };
}
