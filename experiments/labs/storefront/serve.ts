import { createServer, type ServerResponse } from 'node:http';
import { requestCounts } from '../shop/request-counts.ts';

/** Listens on the port in PORT: GET of each path is answered by its own function, /health and /metrics by this. */
export function serve(paths: Readonly<Record<string, () => Promise<unknown>>>): void {
  const port = Number(process.env['PORT']);
  const counts = requestCounts();

  const answer = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  };

  const answerBy = async (read: () => Promise<unknown>, response: ServerResponse) => {
    try {
      const body = await read();
      counts.add(false);
      answer(response, 200, body);
    } catch (error) {
      counts.add(true);
      process.stdout.write(`no answer: ${error instanceof Error ? error.message : String(error)}\n`);
      answer(response, 503, { error: 'it cannot be read' });
    }
  };

  const server = createServer(({ method, url }, response) => {
    const { pathname } = new URL(url ?? '/', 'http://storefront');
    const read = paths[pathname];
    if (method !== 'GET') answer(response, 405, { error: 'only GET' });
    else if (read !== undefined) void answerBy(read, response);
    else if (pathname === '/health') answer(response, 200, { status: 'ok' });
    else if (pathname === '/metrics') answer(response, 200, counts.read());
    else answer(response, 404, { error: `nothing at ${pathname}` });
  });
  // Longer than any client's pause, so that a kept connection is never closed just as a request is sent on it.
  server.keepAliveTimeout = 65_000;
  server.listen(port, '127.0.0.1', () => process.stdout.write(`listening on 127.0.0.1:${port}\n`));
  process.once('SIGTERM', () => {
    server.close();
    server.closeIdleConnections();
  });
}
