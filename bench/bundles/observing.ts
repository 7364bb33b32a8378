import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { rounded } from '../benchmark.ts';
import { runNode } from '../run-process.ts';

const child = fileURLToPath(new URL('observing-child.ts', import.meta.url));
const resultSchema = z.object({
  requests: z.number(),
  good: z.number(),
  cpuMs: z.number(),
  peakRssMb: z.number(),
});

/** A processor to each 1,769 MB (Lambda developer guide, "Configure Lambda function memory"). */
const mbOfOneCpu = 1_769;

/** Observes a service on loopback at a rate, in a process of its own. */
export async function observing(perSecond: number) {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ readAt: new Date().toISOString(), products: [1, 2, 3] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { stdout } = await runNode([child, `http://127.0.0.1:${port}`, String(perSecond)]);
    const { requests, good, cpuMs, peakRssMb } = resultSchema.parse(JSON.parse(stdout));
    const cpuShare = cpuMs / 10_000;
    return {
      perSecond,
      requests,
      good,
      cpuMsPerRequest: rounded(cpuMs / requests, 2),
      cpuShare: rounded(cpuShare, 3),
      peakRssMb: rounded(peakRssMb),
      /** The memory whose share of a processor that is. */
      memoryMbForCpu: Math.ceil(cpuShare * mbOfOneCpu),
    };
  } finally {
    server.close();
  }
}
