import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A service behind a proxy: it echoes, and does as some lines say. */
export interface Service {
  readonly address: string;
  /** Resolves once somebody has sent this line. */
  asked(line: string): Promise<void>;
  close(): Promise<void>;
}

export async function startService(name: string): Promise<Service> {
  const sockets = new Set<Socket>();
  const lines = new Set<string>();
  const waiting = new Map<string, () => void>();

  const answer = (socket: Socket, line: string): void => {
    lines.add(line);
    waiting.get(line)?.();
    const [word, size] = line.split(' ');
    if (word === 'who') socket.write(name);
    else if (word === 'close') socket.end('bye');
    else if (word === 'send') socket.write('x'.repeat(Number(size)));
    else if (word !== 'wait') socket.write(line);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (bytes) => answer(socket, bytes.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: (line) =>
      new Promise((resolve) => {
        if (lines.has(line)) resolve();
        else waiting.set(line, resolve);
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
