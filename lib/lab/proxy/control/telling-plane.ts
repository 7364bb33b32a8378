import { durationFromMs } from '../../../fis/quantity.ts';
import type { ControlledToxic } from './controlled-toxic.ts';
import type { Done, OwnProxies, Plane, PlaneProxy } from './plane.ts';

const forTime = (ttlMs: number | undefined): string =>
  ttlMs === undefined || ttlMs <= 0 ? '' : `, for ${durationFromMs(ttlMs).text}`;

/** `latency on half of the connections, downstream: latency 100, jitter 0`. */
export function toxicText({ type, stream, toxicity, attributes }: ControlledToxic): string {
  const values = Object.entries(attributes).map(([name, value]) => `${name} ${value}`);
  const share = toxicity === 1 ? '' : ` (toxicity ${toxicity})`;
  return `${type} ${stream.toLowerCase()}${share}${values.length === 0 ? '' : `: ${values.join(', ')}`}`;
}

const proxyText = ({ listen, upstream, enabled, ttlMs }: PlaneProxy): string =>
  `${listen} -> ${upstream}${enabled ? '' : ', disabled'}${forTime(ttlMs)}`;

function tellingProxies(own: OwnProxies, tell: (text: string) => void): OwnProxies {
  const told = (done: Done, what: string): Done => {
    if ('proxy' in done) tell(`${done.proxy.name}: ${what} ${proxyText(done.proxy)}`);
    return done;
  };
  return {
    open: async (wanted) => told(await own.open(wanted), 'made'),
    change: async (name, change) => told(await own.change(name, change), 'is now'),
    close: async (name) => {
      const isGone = await own.close(name);
      if (isGone) tell(`${name}: deleted`);
      return isGone;
    },
  };
}

/** Tells in a line for people what a control has a plane do. */
export function tellingPlane(plane: Plane, tell: (text: string) => void): Plane {
  const names = new Map<number, string>();
  return {
    proxies: plane.proxies,
    place: async (proxy, toxic, ttlMs) => {
      const handle = await plane.place(proxy, toxic, ttlMs);
      const name = `${proxy}: '${toxic.name}'`;
      names.set(handle, name);
      tell(`${name} added, ${toxicText(toxic)}${forTime(ttlMs)}`);
      return handle;
    },
    update: async (handle, toxic, ttlMs) => {
      await plane.update(handle, toxic, ttlMs);
      tell(`${names.get(handle) ?? toxic.name} is now ${toxicText(toxic)}${forTime(ttlMs)}`);
    },
    take: async (handle) => {
      await plane.take(handle);
      const name = names.get(handle);
      names.delete(handle);
      if (name !== undefined) tell(`${name} removed`);
    },
    ...(plane.own === undefined ? {} : { own: tellingProxies(plane.own, tell) }),
  };
}
