import { connect, type Socket } from 'node:net';
import * as z from 'zod';
import { answerUsage } from './answer-usage.ts';
import { listening } from './listening.ts';

/** What to compare with: Node's own pipe between two sockets, and one in which a timer delays each piece. */
const { source, echo, delayMs } = z
  .object({ source: z.int(), echo: z.int(), delayMs: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

function toService(client: Socket, port: number): Socket {
  const service = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
  service.on('error', () => client.destroy());
  client.on('error', () => service.destroy());
  return service;
}

const bareTo = (port: number) =>
  listening((client) => {
    const service = toService(client, port);
    client.pipe(service);
    service.pipe(client);
  });

answerUsage({
  source: await bareTo(source),
  echo: await bareTo(echo),
  slow: await listening((client) => {
    const service = toService(client, echo);
    client.pipe(service);
    service.on('data', (bytes: Buffer) => setTimeout(() => client.write(bytes), delayMs));
  }),
});
