import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../../../lib/lab/proxy/control/metrics.ts';

const database = {
  name: 'data"base\\\n',
  listen: '127.0.0.1:5433',
  upstream: '127.0.0.1:5432',
  enabled: true,
  counters: { connections: 12, activeConnections: 3, bytes: 300, delayedChunks: 1 },
  bytes: { upstream: { received: 100, sent: 90 }, downstream: { received: 200, sent: 180 } },
};

const slow = {
  proxy: 'database',
  toxic: { name: 'slow', type: 'latency', stream: 'Downstream', toxicity: 1, attributes: {} },
  counters: { connections: 2, chunks: 40, bytes: 4_000, longestMs: 301 },
};

describe('what Prometheus reads', () => {
  it("tells bytes by Toxiproxy's names and labels, and connections and toxics by ours", () => {
    const lines = metricsOf([database], [slow]).split('\n');
    const ofDatabase = 'listener="127.0.0.1:5433",proxy="data\\"base\\\\\\n",upstream="127.0.0.1:5432"';
    const ofSlow = 'proxy="database",stream="downstream",toxic="slow",type="latency"';
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([
      `toxiproxy_proxy_received_bytes_total{direction="upstream",${ofDatabase}} 100`,
      `toxiproxy_proxy_received_bytes_total{direction="downstream",${ofDatabase}} 200`,
      `toxiproxy_proxy_sent_bytes_total{direction="upstream",${ofDatabase}} 90`,
      `toxiproxy_proxy_sent_bytes_total{direction="downstream",${ofDatabase}} 180`,
      'steadfast_proxy_connections_total{proxy="data\\"base\\\\\\n"} 12',
      'steadfast_proxy_open_connections{proxy="data\\"base\\\\\\n"} 3',
      'steadfast_proxy_enabled{proxy="data\\"base\\\\\\n"} 1',
      `steadfast_toxic_connections_total{${ofSlow}} 2`,
      `steadfast_toxic_pieces_total{${ofSlow}} 40`,
      `steadfast_toxic_bytes_total{${ofSlow}} 4000`,
      '',
    ]);
    expect(lines.filter((line) => line.startsWith('# TYPE'))).toHaveLength(8);
  });
});
