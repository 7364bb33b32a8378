import { once } from 'node:events';
import * as z from 'zod';
import { runHelper } from '../../processes/helper-child.ts';
import { createControlServer } from './control-server.ts';
import { createRemotePlane } from './remote-plane.ts';

await runHelper(z.strictObject({ port: z.int().positive() }), async ({ port }) => {
  const plane = createRemotePlane({
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  });
  const server = createControlServer(plane);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  process.stdout.write(`the control listens on 127.0.0.1:${port}; it knows of no toxic yet\n`);
  return port;
});
