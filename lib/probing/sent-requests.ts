import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

/** One request as Node's fetch tells of it on its diagnostics channels (undici's documentation, "Diagnostics Channel Support"). */
interface Followed {
  request?: object;
}

const following = new AsyncLocalStorage<Followed>();
const sent = new WeakSet();

const requestIn = (message: unknown): object | undefined =>
  typeof message === 'object' && message !== null && 'request' in message
    ? typeof message.request === 'object' && message.request !== null
      ? message.request
      : undefined
    : undefined;

subscribe('undici:request:create', (message) => {
  const followed = following.getStore();
  const request = requestIn(message);
  if (followed !== undefined && request !== undefined) followed.request = request;
});
subscribe('undici:request:bodySent', (message) => {
  const request = requestIn(message);
  if (request !== undefined) sent.add(request);
});

/** Sends a request, and tells afterwards whether all of it had been sent; undefined where nobody can tell. */
export async function followed<T>(
  send: () => Promise<T>,
): Promise<{ readonly came: T; readonly wasSent: () => boolean | undefined }> {
  const record: Followed = {};
  const came = await following.run(record, send);
  return { came, wasSent: () => (record.request === undefined ? undefined : sent.has(record.request)) };
}
