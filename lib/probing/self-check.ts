import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Clock } from '../run/ports.ts';

/** A prober's look at something known to be well, to tell "the prober is broken" from "the system is". */
export interface SelfCheck {
  /** What is looked at. */
  readonly url: string;
  /** Why it failed; undefined when it is well. What is told was seen after this was asked. */
  look(): Promise<string | undefined>;
}

/** Any answer comes sooner where the prober is well: both ends are in the same Region, or on this machine. */
const timeoutMs = 1_000;

/**
 * A self-check over HTTP, on a connection of its own: one that is kept open would not notice that names cannot be resolved. Any
 * answer will do, whatever its status, since it shows that the prober's name service and network work.
 *
 * Requests fail by the hundred when something breaks, so one look at most begins within `everyMs`, and all who ask before it
 * begins share it.
 */
export function createSelfCheck(options: {
  readonly url: string;
  readonly clock: Clock;
  readonly everyMs?: number;
}): SelfCheck {
  const { url, clock, everyMs = 500 } = options;
  let lastMs = Number.NEGATIVE_INFINITY;
  let next: Promise<string | undefined> | undefined;
  return {
    url,
    look: () => {
      next ??= clock.sleep(Math.max(0, lastMs + everyMs - clock.now())).then(() => {
        next = undefined;
        lastMs = clock.now();
        return lookOnce(url);
      });
      return next;
    },
  };
}

function lookOnce(url: string): Promise<string | undefined> {
  const get = url.startsWith('https:') ? getHttps : getHttp;
  return new Promise((resolve) => {
    const settle = (why: string | undefined) => {
      clearTimeout(timer);
      resolve(why);
      request.destroy();
    };
    const request = get(url, { agent: false }, () => settle(undefined));
    request.on('error', (cause) => settle(messageOf(cause)));
    // A time-out of the socket would not count the time that its name takes to be resolved.
    const timer = setTimeout(() => settle(`no answer within ${timeoutMs} ms`), timeoutMs);
  });
}
