import type { ProxyFigures } from './own-plane.ts';
import type { PlacedByControl } from './placements.ts';

type Labels = Readonly<Record<string, string>>;

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly values: readonly (readonly [labels: Labels, value: number])[];
}

/** What the text format escapes in the value of a label (Prometheus, exposition formats). */
const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const labelsText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');

const linesOf = ({ name, type, help, values }: Metric): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...values.map(([labels, value]) => `${name}{${labelsText(labels)}} ${value}`),
];

const bytesLabels = ({ name, listen, upstream }: ProxyFigures, direction: string): Labels => ({
  direction,
  listener: listen,
  proxy: name,
  upstream,
});

/** Metrics of proxies in Prometheus's text format: those of bytes have Toxiproxy's names and labels, the others are our own. */
export function metricsOf(proxies: readonly ProxyFigures[], placed: readonly PlacedByControl[]): string {
  const bytes = (which: 'received' | 'sent') =>
    proxies.flatMap((proxy) =>
      (['upstream', 'downstream'] as const).map(
        (direction) => [bytesLabels(proxy, direction), proxy.bytes[direction][which]] as const,
      ),
    );
  const ofProxies = (value: (proxy: ProxyFigures) => number) =>
    proxies.map((proxy) => [{ proxy: proxy.name }, value(proxy)] as const);
  const ofToxics = (value: (toxic: PlacedByControl) => number) =>
    placed.map((one) => {
      const { name, type, stream } = one.toxic;
      return [{ proxy: one.proxy, stream: stream.toLowerCase(), toxic: name, type }, value(one)] as const;
    });
  const metrics: readonly Metric[] = [
    {
      name: 'toxiproxy_proxy_received_bytes_total',
      type: 'counter',
      help: 'Bytes that came in, by direction.',
      values: bytes('received'),
    },
    {
      name: 'toxiproxy_proxy_sent_bytes_total',
      type: 'counter',
      help: 'Bytes that were passed on, by direction.',
      values: bytes('sent'),
    },
    {
      name: 'steadfast_proxy_connections_total',
      type: 'counter',
      help: 'Connections that were accepted.',
      values: ofProxies(({ counters }) => counters.connections),
    },
    {
      name: 'steadfast_proxy_open_connections',
      type: 'gauge',
      help: 'Connections that are open now.',
      values: ofProxies(({ counters }) => counters.activeConnections),
    },
    {
      name: 'steadfast_proxy_enabled',
      type: 'gauge',
      help: '1 where the proxy listens, 0 where it is disabled.',
      values: ofProxies(({ enabled }) => Number(enabled)),
    },
    {
      name: 'steadfast_toxic_connections_total',
      type: 'counter',
      help: 'Connections that a toxic in place has affected.',
      values: ofToxics(({ counters }) => counters.connections),
    },
    {
      name: 'steadfast_toxic_pieces_total',
      type: 'counter',
      help: 'Pieces of data that a toxic in place has held back, swallowed or split.',
      values: ofToxics(({ counters }) => counters.chunks),
    },
    {
      name: 'steadfast_toxic_bytes_total',
      type: 'counter',
      help: 'Bytes that a toxic in place has held back, swallowed or split.',
      values: ofToxics(({ counters }) => counters.bytes),
    },
  ];
  return `${metrics.flatMap(linesOf).join('\n')}\n`;
}
