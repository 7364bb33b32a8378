import { createServer, type IncomingMessage } from 'node:http';

/** What is answered to a request: a value as JSON, or a text of another type. */
interface Answer {
  readonly status?: number;
  readonly body: unknown;
  readonly type?: string;
}

/** By method and path: `GET /health`. */
type Routes = Readonly<Record<string, (request: IncomingMessage) => Promise<Answer> | Answer>>;

export const log = (text: string) => process.stdout.write(`${new Date().toISOString()} ${text}\n`);
export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += String(part);
  return text;
}

/** Listens on the port in PORT until SIGTERM; /health is answered with 200 where no route says otherwise. */
export function serve(routes: Routes): void {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://service');
    const route = routes[`${request.method} ${pathname}`];
    const answer = async (): Promise<Answer> => {
      if (route !== undefined) return route(request);
      return pathname === '/health' ? { body: { status: 'ok' } } : { status: 404, body: { error: pathname } };
    };
    void answer()
      .catch((error: unknown): Answer => {
        log(`${pathname}: ${messageOf(error)}`);
        return { status: 503, body: { error: messageOf(error) } };
      })
      .then(({ status = 200, body, type }) => {
        response.writeHead(status, { 'content-type': type ?? 'application/json; charset=utf-8' });
        response.end(type === undefined ? JSON.stringify(body) : String(body));
      });
  });
  // Longer than any client's pause, so that a kept connection is never closed just as a request is sent on it.
  server.keepAliveTimeout = 65_000;
  server.listen(Number(process.env['PORT']), '127.0.0.1', () => log(`listening on ${process.env['PORT']}`));
  process.once('SIGTERM', () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}

/** Does something again and again, each time so long after the last; what fails is told, and done again. */
export function every(ms: number, what: () => Promise<void>): void {
  void what()
    .catch((error: unknown) => log(messageOf(error)))
    .then(() => setTimeout(() => every(ms, what), ms).unref());
}
