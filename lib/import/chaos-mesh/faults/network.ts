import { durationFromMs } from '../../../fis/quantity.ts';
import { goDurationMs } from '../go-duration.ts';
import { has, type Injection, pathOf, textAt } from '../injection.ts';
import type { Native, NotNative, Wish } from './native.ts';

/** What can be done to packets, each in a block of its own. */
const blocks = ['delay', 'loss', 'duplicate', 'corrupt', 'bandwidth', 'rate'] as const;

/** Delay and loss of what the pods send are FIS's own, and a partition in that direction, where all that is sent is lost. */
export function networkAction(wish: Wish): Native | NotNative {
  const { injection, does, peers } = wish;
  const given = blocks.filter((block) => has(injection, block));
  const [block, ...others] = given;
  if (['from', 'both'].includes(textAt(injection, 'direction') ?? ''))
    return { why: 'FIS hits only what pods send, never what they receive' };
  if (has(injection, 'targetDevice'))
    return { why: 'it names a device at the other end, which FIS does not know' };
  if (/[\s,]/.test(textAt(injection, 'device') ?? '')) return { why: 'FIS takes no such name of a device' };
  if (peers.why !== undefined) return { why: peers.why };
  if (does.action === 'partition') return partition(wish);
  if (others.length > 0) return { why: 'FIS does one thing to packets, and this does several' };
  if (block === 'delay') return delay(wish);
  if (block === 'loss') return loss(wish);
  return { why: `FIS has no action for ${does.bears}` };
}

function delay(wish: Wish): Native | NotNative {
  const { injection } = wish;
  if (has(injection, 'delay', 'reorder')) return { why: 'FIS does not reorder packets' };
  const latency = milliseconds(injection, 'latency');
  const jitter = has(injection, 'delay', 'jitter') ? milliseconds(injection, 'jitter') : 0;
  if (latency === undefined || jitter === undefined)
    return { why: 'its delay or jitter is no whole number of milliseconds, which FIS asks for' };
  return {
    action: 'aws:eks:pod-network-latency',
    parameters: {
      delay: durationFromMs(latency).text,
      jitter: durationFromMs(jitter).text,
      ...traffic(wish),
    },
    say(to) {
      injection.account.mapped(pathOf(injection, 'delay', 'latency'), to('delay'));
      injection.account.mapped(pathOf(injection, 'delay', 'jitter'), to('jitter'));
      sayCorrelation(injection, 'delay', to('delay'));
      sayTraffic(wish, to);
    },
  };
}

/** The longest delay that the language writes. */
const longestMs = 24 * 3_600_000;

function milliseconds(injection: Injection, key: 'latency' | 'jitter'): number | undefined {
  const ms = goDurationMs(textAt(injection, 'delay', key) ?? '');
  return ms !== undefined && Number.isInteger(ms) && ms >= 0 && ms <= longestMs ? ms : undefined;
}

function loss(wish: Wish): Native | NotNative {
  const { injection } = wish;
  const text = textAt(injection, 'loss', 'loss') ?? '';
  if (!/^\d{1,3}(\.0*)?$/.test(text) || Number(text) > 100)
    return { why: 'its loss is no whole percentage, which FIS asks for' };
  return {
    action: 'aws:eks:pod-network-packet-loss',
    parameters: { loss: `${Number(text)}%`, ...traffic(wish) },
    say(to) {
      injection.account.mapped(pathOf(injection, 'loss', 'loss'), to('loss'));
      sayCorrelation(injection, 'loss', to('loss'));
      sayTraffic(wish, to);
    },
  };
}

function partition(wish: Wish): Native | NotNative {
  const { injection, peers } = wish;
  if (peers.services.length === 0)
    return { why: 'it cuts the pods off from everything, which FIS has no action for' };
  return {
    action: 'aws:eks:pod-network-packet-loss',
    parameters: { loss: '100%', ...traffic(wish) },
    say(to) {
      injection.account.approximated(
        pathOf(injection, 'action'),
        to('loss'),
        'FIS has no partition: every packet to the service is lost, which cuts the same way',
      );
      sayTraffic(wish, to);
    },
  };
}

function traffic({ injection, peers }: Wish): Record<string, unknown> {
  const device = textAt(injection, 'device');
  return {
    ...(peers.services.length === 0 ? {} : { to: [...peers.services] }),
    ...(device === undefined || device === '' ? {} : { interfaces: [device] }),
  };
}

function sayTraffic({ injection, peers }: Wish, to: (parameter: string) => string): void {
  const { account } = injection;
  account.mapped(pathOf(injection, 'direction'), to('to'));
  for (const path of peers.paths) account.rest(path, (field) => account.mapped(field, to('to')));
  account.mapped(pathOf(injection, 'device'), to('interfaces'));
}

function sayCorrelation(injection: Injection, block: 'delay' | 'loss', to: string): void {
  const path = pathOf(injection, block, 'correlation');
  const text = textAt(injection, block, 'correlation') ?? '0';
  if (Number(text) === 0) injection.account.mapped(path, to);
  else
    injection.account.approximated(
      path,
      to,
      'FIS draws each packet by itself: whether one is hit does not depend on the packet before it',
    );
}
