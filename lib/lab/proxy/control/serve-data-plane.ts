import { messageOf } from '../../../experiment/steadfast-error.ts';
import type { ManagedProcess } from '../../processes/managed-process.ts';
import type { DataPlane } from './data-plane.ts';
import { type Call, callSchema, type Reply } from './messages.ts';

function answer(plane: DataPlane, call: Call['call']): Omit<Reply['reply'], 'id'> {
  switch (call.do) {
    case 'list':
      return { proxies: [...plane.proxies()] };
    case 'place':
      return { handle: plane.place(call.proxy, call.toxic, call.ttlMs) };
    case 'update':
      plane.update(call.handle, call.toxic, call.ttlMs);
      return {};
    case 'take':
      plane.take(call.handle);
      return {};
  }
}

/** Lets the control that runs in a process use the data plane in this one, for as long as the process lives. */
export function serveDataPlane(control: Pick<ManagedProcess, 'onMessage' | 'send'>, plane: DataPlane): void {
  control.onMessage((message) => {
    const read = callSchema.safeParse(message);
    // The helper's word that it is ready comes over the same channel.
    if (!read.success) return;
    const { call } = read.data;
    const reply = (told: Omit<Reply['reply'], 'id'>) =>
      control.send({ reply: { id: call.id, ...told } } satisfies Reply);
    try {
      reply(answer(plane, call));
    } catch (thrown) {
      reply({ error: messageOf(thrown) });
    }
  });
}
