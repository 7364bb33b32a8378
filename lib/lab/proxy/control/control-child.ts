import { once } from 'node:events';
import * as z from 'zod';
import { systemClock } from '../../../probing/system-clock.ts';
import { runHelper } from '../../processes/helper-child.ts';
import { createBook } from './book.ts';
import { createControlServer } from './control-server.ts';
import { createRemotePlane } from './remote-plane.ts';
import { tellingPlane } from './telling-plane.ts';

await runHelper(z.strictObject({ port: z.int().positive() }), async ({ port }) => {
  const tell = (text: string) => void process.stdout.write(`${text}\n`);
  const plane = tellingPlane(
    createRemotePlane({
      send: (message) => void process.send?.(message),
      onMessage: (listener) => void process.on('message', listener),
    }),
    tell,
  );
  const server = createControlServer({ plane, book: createBook(plane, systemClock) });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  tell(`the control listens on 127.0.0.1:${port}; it knows of no toxic yet`);
  return port;
});
