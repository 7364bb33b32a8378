import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import { type Call, type Reply, replySchema } from './messages.ts';
import type { Plane } from './plane.ts';

/** The two ends of a channel between processes. */
interface Channel {
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/** The links of a lab, reached over a channel. A call rejects when the data plane refuses it. */
export function createRemotePlane(channel: Channel): Plane {
  const waiting = new Map<number, (reply: Reply['reply']) => void>();
  let calls = 0;
  channel.onMessage((message) => {
    const read = replySchema.safeParse(message);
    if (!read.success) return;
    waiting.get(read.data.reply.id)?.(read.data.reply);
    waiting.delete(read.data.reply.id);
  });
  const ask = async (make: (id: number) => Call['call']): Promise<Reply['reply']> => {
    calls += 1;
    const id = calls;
    const reply = await new Promise<Reply['reply']>((resolve) => {
      waiting.set(id, resolve);
      channel.send({ call: make(id) } satisfies Call);
    });
    if (reply.error !== undefined) throw new SteadfastError('internal', reply.error);
    return reply;
  };
  return {
    proxies: async () =>
      ((await ask((id) => ({ do: 'list', id }))).proxies ?? []).map((proxy) => ({ ...proxy, enabled: true })),
    place: async (proxy, toxic, ttlMs) => {
      const { handle } = await ask((id) => ({ do: 'place', id, proxy, toxic, ttlMs }));
      if (handle === undefined)
        throw new SteadfastError('internal', 'the data plane did not say how to take the toxic away');
      return handle;
    },
    update: async (handle, toxic, ttlMs) => {
      await ask((id) => ({ do: 'update', id, handle, toxic, ttlMs }));
    },
    take: async (handle) => {
      await ask((id) => ({ do: 'take', id, handle }));
    },
  };
}
