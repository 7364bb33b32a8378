import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** Listens on a free port of loopback; the port. Resets are part of what is measured. */
export async function listening(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  // As many may come at once as a measurement opens.
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address !== 'object') throw new Error('it does not listen');
  return address.port;
}
