import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Listens on a free port of loopback, and destroys every socket when it is closed. */
export async function listen(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    port,
    sockets,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

/** Sends back what comes, and ends when the other side has ended. */
export const echo = (socket: Socket): void => void socket.pipe(socket);

export async function open(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** All bytes until the other side ends. */
export async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end');
  return Buffer.concat(chunks);
}

/** Sends one byte and waits for its echo; the milliseconds between. */
export async function roundTripMs(socket: Socket): Promise<number> {
  const fromMs = performance.now();
  socket.write('x');
  await once(socket, 'data');
  return performance.now() - fromMs;
}
