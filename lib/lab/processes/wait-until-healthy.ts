import { get } from 'node:http';
import { connect } from 'node:net';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Clock } from '../../run/ports.ts';
import { cannotBegin, exitText, type ManagedProcess } from './managed-process.ts';

/** How a process shows that it is ready. */
export interface Health {
  readonly port: number;
  /** A path that answers 200; without one it is enough that the port takes connections. */
  readonly path?: string;
  readonly withinMs: number;
}

/** How long to wait between two looks: short, since each start of a rehearsal waits for it. */
const lookEveryMs = 25;
/** How long one look may take. */
const lookTimeoutMs = 2_000;

const accepts = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: lookTimeoutMs });
    const end = (why?: string) => {
      socket.destroy();
      resolve(why);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end('the port did not answer'));
    socket.once('error', (error) => end(error.message));
  });

const answers = (port: number, path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path, timeout: lookTimeoutMs, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200 ? undefined : `${path} answered ${response.statusCode}`);
      },
    );
    request.once('timeout', () =>
      request.destroy(new Error(`${path} did not answer in ${lookTimeoutMs} ms`)),
    );
    request.once('error', (error) => resolve(error.message));
  });

/** Why a process is not ready now; undefined when it is. */
export const whyUnhealthy = ({ port, path }: Omit<Health, 'withinMs'>): Promise<string | undefined> =>
  path === undefined ? accepts(port) : answers(port, path);

const interrupted = ({ name }: ManagedProcess) =>
  new SteadfastError('interrupted', `${name} was stopped while it was starting`);

/**
 * Waits until a process is ready.
 *
 * @throws SteadfastError `cannot-begin` when it ends before, or is not ready in time, with the end of its log;
 * `interrupted` when the signal aborts or the process is stopped
 */
export async function waitUntilHealthy(
  managed: ManagedProcess,
  health: Health,
  clock: Clock,
  signal?: AbortSignal,
): Promise<void> {
  const deadlineMs = clock.now() + health.withinMs;
  for (;;) {
    if (signal?.aborted === true) throw interrupted(managed);
    const why = await whyUnhealthy(health);
    if (!managed.alive) {
      if (managed.stopping) throw interrupted(managed);
      const exit = await managed.exited;
      throw cannotBegin(
        `${managed.name} ended with ${exitText(exit)} before it was ready`,
        managed.logFile,
        // Who ends well before it serves has most likely left the work to a process in the background.
        exit.code === 0
          ? 'a service stays in the foreground: start it so that it does not go into the background'
          : undefined,
      );
    }
    if (why === undefined) return;
    if (clock.now() >= deadlineMs) {
      throw cannotBegin(
        `${managed.name} was not ready within ${health.withinMs / 1_000} s (${why})`,
        managed.logFile,
      );
    }
    await Promise.race([clock.sleep(lookEveryMs, signal), managed.exited]);
  }
}
