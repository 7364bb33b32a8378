import * as z from 'zod';
import { answerUsage } from './answer-usage.ts';
import { listening } from './listening.ts';

/** The services behind the proxies: one sends so many bytes, one sends back what it gets, one reads nothing. */
const { downloadBytes } = z.object({ downloadBytes: z.int() }).parse(JSON.parse(process.argv[2] ?? ''));
const block = Buffer.alloc(64 * 1024, 'x');

answerUsage({
  source: await listening((socket) => {
    let left = downloadBytes;
    const send = () => {
      while (left > 0) {
        left -= block.length;
        if (!socket.write(block)) return;
      }
      socket.off('drain', send);
      socket.end();
    };
    socket.on('drain', send);
    socket.resume();
    send();
  }),
  echo: await listening((socket) => void socket.pipe(socket)),
  deaf: await listening((socket) => void socket.pause()),
});
