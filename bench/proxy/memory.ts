import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Helper, Usage } from './helper.ts';

/** Until two looks in a row see no more of it. */
async function settled(look: () => Promise<number>): Promise<void> {
  for (let before = -1, now = await look(); now > before; now = await look()) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const open = async (port: number): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

/** The memory of a link's process with many connections open, some of which send on and on to a service that reads nothing. */
export async function memory(
  link: Helper,
  bare: Helper,
  { connections, senders }: { readonly connections: number; readonly senders: number },
) {
  // Both have carried the same by now.
  const idleMb = (await link.usage()).rssMb;
  const bareMb = (await bare.usage()).rssMb;
  const sockets: Socket[] = [];
  const usage = async (): Promise<Usage> => link.usage();
  try {
    for (let from = 0; from < connections; from += 100)
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => open(link.port('echo'))))));
    const openMb = (await usage()).rssMb;
    let sent = 0;
    const block = Buffer.alloc(1024 * 1024);
    for (let sender = 0; sender < senders; sender += 1) {
      const socket = await open(link.port('clogged'));
      sockets.push(socket);
      const send = () => {
        do sent += block.length;
        while (socket.write(block));
      };
      socket.on('drain', send);
      send();
    }
    await settled(() => Promise.resolve(sent));
    return { bareMb, idleMb, openMb, cloggedMb: (await usage()).rssMb, sentMb: sent / 2 ** 20 };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}
