import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { ControlledToxic } from './controlled-toxic.ts';
import type { LinkProxy } from './data-plane.ts';
import { type Call, type Reply, replySchema } from './messages.ts';

/** The data plane as the control reaches it. */
export interface RemotePlane {
  proxies(): Promise<readonly LinkProxy[]>;
  place(proxy: string, toxic: ControlledToxic): Promise<number>;
  take(handle: number): Promise<void>;
}

/** The two ends of a channel between processes. */
interface Channel {
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/** Reaches the data plane over a channel. A call rejects when the data plane refuses it. */
export function createRemotePlane(channel: Channel): RemotePlane {
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
    proxies: async () => (await ask((id) => ({ do: 'list', id }))).proxies ?? [],
    place: async (proxy, toxic) => {
      const { handle } = await ask((id) => ({ do: 'place', id, proxy, toxic }));
      if (handle === undefined)
        throw new SteadfastError('internal', 'the data plane did not say how to take the toxic away');
      return handle;
    },
    take: async (handle) => {
      await ask((id) => ({ do: 'take', id, handle }));
    },
  };
}
