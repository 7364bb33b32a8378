import { once } from 'node:events';
import * as z from 'zod';
import { runHelper } from '../processes/helper-child.ts';
import { createBalancer } from './balancer.ts';

const settings = z.strictObject({
  upstreams: z.array(z.strictObject({ id: z.string(), host: z.string(), port: z.number().int() })).min(1),
});

await runHelper(settings, async ({ upstreams }) => {
  const server = createBalancer(upstreams);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
});
