import { once } from 'node:events';
import { createServer } from 'node:net';
import { messageOf } from '../../../experiment/steadfast-error.ts';
import { fine, type Look, unfit } from '../look.ts';

/** Whether a lab could listen: every service, link and balancer does, on loopback. */
export const loopbackLook = (host = '127.0.0.1'): Look => ({
  name: 'loopback',
  docs: 'how-to/write-a-lab.md',
  look: async () => {
    const server = createServer();
    try {
      server.listen(0, host);
      await once(server, 'listening');
      return fine(`a port of ${host} can be listened on`);
    } catch (thrown) {
      return unfit(
        'fail',
        `no port of ${host} can be listened on: ${messageOf(thrown)}`,
        'see what keeps programs of this machine from listening: a sandbox, a limit of open files, no loopback interface',
      );
    } finally {
      server.close();
    }
  },
});
