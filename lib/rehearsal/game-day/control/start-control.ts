import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import { roleNames } from '../../../experiment/role-names.ts';
import { messageOf } from '../../../experiment/steadfast-error.ts';
import { admitRequest } from '../../../lab/proxy/control/admit-request.ts';
import { jsonText } from '../../../run/json-text.ts';
import type { HeldGameDay } from '../hold-game-day.ts';
import { removeControlFile, writeControlFile } from './control-file.ts';
import { actSchema, controlPaths } from './messages.ts';

/** The largest body that is read, in bytes: a note of 2,000 characters fits several times, however it is escaped. */
const largestBody = 65_536;

interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface GameDayControl {
  readonly url: string;
  /** Nothing is left open, and the address is gone from the folder. Twice is no error. */
  stop(): Promise<void>;
}

type Controlled = Pick<HeldGameDay, 'act' | 'edition' | 'entries' | 'input' | 'view'>;

/**
 * Lets other terminals of this machine's owner see an edition that goes on and act in it: over loopback, with a secret that lies in the
 * edition's folder for its owner alone. No page of a browser gets in, whatever name led it here.
 *
 * @throws SteadfastError `cannot-begin` where the folder cannot be written
 */
export async function startGameDayControl(
  live: Controlled,
  options: { readonly folder: string; readonly token?: string },
): Promise<GameDayControl> {
  const { folder, token = randomBytes(32).toString('base64url') } = options;
  let host = '';
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    // A name that was made to lead here is not ours (DNS rebinding).
    if (request.headers.host !== host) return plain(403, `ask for http://${host}`);
    const refused = admitRequest(request.headers, token);
    if (refused !== undefined) return { status: refused.status, body: refused.body ?? '' };
    return route(live, request);
  };
  const server = createServer((request, response) => {
    // Whoever goes away before the answer is no error of ours.
    response.on('error', () => undefined);
    answerTo(request)
      .catch((thrown: unknown) => plain(500, messageOf(thrown)))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(body);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const url = `http://${host}`;
  const stop = async (): Promise<void> => {
    await removeControlFile(folder);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  try {
    await writeControlFile(folder, { edition: live.edition, pid: process.pid, url, token });
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { url, stop };
}

async function route(live: Controlled, request: IncomingMessage): Promise<Answer> {
  const asked = `${request.method} ${request.url}`;
  if (asked === `GET ${controlPaths.record}`) return json({ input: live.input, entries: live.entries });
  if (asked === `POST ${controlPaths.act}`) return act(live, await bodyOf(request));
  const role = roleNames.find((one) => asked === `GET ${controlPaths.view}${one}`);
  return role === undefined ? plain(404, 'there is nothing here') : json(live.view(role));
}

async function act(live: Controlled, body: string | undefined): Promise<Answer> {
  if (body === undefined) return plain(413, `send at most ${largestBody} bytes`);
  const wanted = z.pipe(jsonText, actSchema).safeParse(body);
  if (!wanted.success) return plain(400, z.prettifyError(wanted.error));
  const { role, name, command } = wanted.data;
  return json(await live.act({ proof: 'link', role, claimed: name }, command));
}

/** Undefined where it is too large: then it is read all the same, or its sender would never come to read the answer. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes <= largestBody) parts.push(part);
  }
  return bytes > largestBody ? undefined : Buffer.concat(parts).toString('utf8');
}

const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) });

const plain = (status: number, error: string): Answer => ({ status, body: JSON.stringify({ error }) });
