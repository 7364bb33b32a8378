import { durationFromMs } from '../../fis/quantity.ts';
import { isData } from '../drafting/node.ts';
import type { SourceProxy, SourceToxic } from './read-proxies.ts';

/** A fault that does what a toxic does, nearly. */
export interface ToxicFault {
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What differs, as a sentence without a full stop. */
  readonly differs: string;
}

/** Where the link of a proxy leads. */
export interface Target {
  readonly service: string;
  /** The port that it is reached at where it is deployed. */
  readonly port?: number;
}

type Made = ToxicFault | { readonly refused: string };

const serve =
  'steadfast proxy serves the file as it is, and steadfast-chaos/testing puts it on a link in a test';

const unlike = (what: string): Made => ({ refused: `no fault of FIS ${what}; ${serve}` });

/** The types of toxics that have no fault, with what they do. */
const withoutFault: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bandwidth: 'narrows a connection',
    slow_close: 'delays the end of connections',
    reset_peer: 'resets connections',
    slicer: 'cuts what is sent into pieces',
    limit_data: 'ends connections after some bytes',
    noop: 'does nothing, as this one',
  }),
);

/** The longest delay that makes sense where a minute is judged; FIS takes no longer ones than fit its script. */
const longestDelayMs = 60_000;

/** What a toxic is as a fault, or why there is none. */
export function faultOfToxic({ type, toxicity, attributes, stream }: SourceToxic, to: Target): Made {
  const name = type?.value;
  if (typeof name !== 'string') return { refused: 'it says no type, so nobody knows what it does' };
  const flows = flowsOf(toxicity?.value);
  if (flows === undefined) return { refused: 'its toxicity is no number from 0 to 1' };
  const number = (key: string) => numberIn(attributes?.value, key);
  const way =
    stream?.value === 'upstream' ? '' : ', what comes back from the service as late as what goes to it';
  switch (name.toLowerCase()) {
    case 'latency': {
      const delay = number('latency');
      const jitter = number('jitter') ?? 0;
      if (
        delay === undefined ||
        delay <= 0 ||
        delay > longestDelayMs ||
        jitter > longestDelayMs ||
        jitter < 0
      )
        return { refused: `its latency is no number of milliseconds from 1 to ${longestDelayMs}` };
      return {
        action: 'aws:ecs:task-network-latency',
        parameters: {
          delay: durationFromMs(Math.round(delay)).text,
          jitter: durationFromMs(Math.round(jitter)).text,
          to: [to.service],
          ...flows,
        },
        differs: `FIS delays packets${way}, also the first of a connection, and not the chunks of one direction`,
      };
    }
    case 'timeout':
    case 'down':
      return closed(to);
    case 'packet_loss': {
      const share = number('loss');
      if (share === undefined || share <= 0 || share > 1) return unlike('loses such a share');
      return {
        action: 'aws:ecs:task-network-packet-loss',
        parameters: { loss: `${Math.max(1, Math.round(share * 100))}%`, to: [to.service], ...flows },
        differs: 'FIS loses packets of all connections to the service',
      };
    }
    default: {
      const what = withoutFault.get(name);
      return what === undefined ? { refused: 'it is no type of toxic that Toxiproxy has' } : unlike(what);
    }
  }
}

/** What a proxy that is switched off is as a fault; undefined for one that is on. */
export const faultOfDisabled = ({ enabled }: SourceProxy, to: Target): Made | undefined =>
  enabled?.value === false ? closed(to) : undefined;

function closed({ port }: Target): Made {
  if (port === undefined) return { refused: 'its upstream says no port, and FIS closes a link by its port' };
  return {
    action: 'aws:ecs:task-network-blackhole-port',
    parameters: { port, direction: 'egress', protocol: 'tcp' },
    differs:
      'FIS drops all packets to the port, so that callers wait for their own time-out, and nothing is closed by the other side',
  };
}

/** The share of connections that is hit, as FIS counts flows: whole percentages, at least one. */
function flowsOf(toxicity: unknown): { readonly flows?: string } | undefined {
  if (toxicity === undefined || toxicity === 1) return {};
  if (typeof toxicity !== 'number' || !(toxicity > 0 && toxicity <= 1)) return undefined;
  const share = Math.max(1, Math.round(toxicity * 100));
  return share === 100 ? {} : { flows: `${share}%` };
}

function numberIn(attributes: unknown, key: string): number | undefined {
  const value = isData(attributes) && Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
