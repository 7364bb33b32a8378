import { once } from 'node:events';
import * as z from 'zod';
import { runHelper } from '../processes/helper-child.ts';
import { createBalancer } from './balancer.ts';
import { createKept } from './kept.ts';
import { askedSchema, type Told } from './messages.ts';

const settings = z.strictObject({
  upstreams: z.array(z.strictObject({ id: z.string(), host: z.string(), port: z.number().int() })).min(1),
});

await runHelper(settings, async ({ upstreams }) => {
  const kept = createKept(() => performance.now());
  const keepings = new Map<number, ReturnType<typeof kept.keep>>();
  process.on('message', (message) => {
    const { data: asked } = askedSchema.safeParse(message);
    if (asked === undefined) return;
    if ('keepFrom' in asked) {
      const { id, upstreams: replicas, hangMs } = asked.keepFrom;
      keepings.set(id, kept.keep(replicas, hangMs));
      return;
    }
    const { id } = asked.giveBack;
    const counts = keepings.get(id)?.giveBack();
    keepings.delete(id);
    if (counts !== undefined) process.send?.({ gaveBack: { id, ...counts } } satisfies Told);
  });
  const server = createBalancer(upstreams, kept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
});
