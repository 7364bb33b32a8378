import { connectionsPerSecond } from './connections.ts';
import { delays } from './delays.ts';
import { startHelper } from './helper.ts';
import { memory } from './memory.ts';
import { throughput } from './throughput.ts';

/** How much is measured. */
export interface Extent {
  readonly downloadBytes: number;
  readonly downloads: number;
  readonly delayMs: number;
  readonly trips: { readonly connections: number; readonly trips: number; readonly rounds: number };
  readonly visits: { readonly visits: number; readonly pairs: number };
  readonly memory: { readonly connections: number; readonly senders: number };
}

/** Measures links against bare pipes: the services, the pipes and the links each in a process of their own. */
export async function measure(extent: Extent, tell: (text: string) => void) {
  const { downloadBytes, delayMs } = extent;
  const service = await startHelper('service-child.ts', { downloadBytes });
  const [source, echo, deaf] = [service.port('source'), service.port('echo'), service.port('deaf')];
  const [bare, link] = await Promise.all([
    startHelper('bare-child.ts', { source, echo, delayMs }),
    startHelper('link-child.ts', { source, echo, deaf, delayMs }),
  ]);
  const both = (name: string) => ({ link: link.port(name), bare: bare.port(name) });
  try {
    tell('throughput');
    const throughputOf = await throughput(link, bare, downloadBytes, extent.downloads);
    tell(`a delay of ${delayMs} ms`);
    const delaysOf = await delays(both('slow'), delayMs, extent.trips);
    tell('new connections');
    const connectionsOf = await connectionsPerSecond(both('echo'), extent.visits);
    tell('memory');
    const memoryOf = await memory(link, bare, extent.memory);
    return {
      throughput: throughputOf,
      delays: delaysOf,
      connections: connectionsOf,
      memory: memoryOf,
    };
  } finally {
    await Promise.all([service, bare, link].map((helper) => helper.stop()));
  }
}
