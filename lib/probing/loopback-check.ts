import { once } from 'node:events';
import { createServer } from 'node:http';
import { SteadfastError } from '../experiment/steadfast-error.ts';

/** Something of this process's own that is known to be well, for self-checks on this machine. */
export interface LoopbackCheck {
  readonly url: string;
  stop(): Promise<void>;
}

/** A server on this machine that answers `204` to whatever it is asked. */
export async function startLoopbackCheck(): Promise<LoopbackCheck> {
  const server = createServer((_request, response) => response.writeHead(204).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new SteadfastError('internal', 'the server for self-checks has no port');
  // Whoever forgets to stop it shall end all the same.
  server.unref();
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
