import { describe, expect, it } from 'vitest';
import { type ProxyPicture, proxyScreen } from '../../../lib/cli/proxy/proxy-screen.ts';
import { widthOf } from '../../../lib/cli/view/text-width.ts';

const nowMs = Date.parse('2026-05-01T09:30:00.000Z');

const proxy = (name: string, given: Partial<ProxyPicture['proxies'][number]> = {}) => ({
  name,
  listen: '127.0.0.1:5433',
  upstream: '127.0.0.1:5432',
  enabled: true,
  counters: { connections: 1_204, activeConnections: 3, bytes: 1_240_000, delayedChunks: 0 },
  bytes: { upstream: { received: 0, sent: 0 }, downstream: { received: 0, sent: 0 } },
  ...given,
});

const picture: ProxyPicture = {
  url: 'http://127.0.0.1:8474',
  seed: 7,
  proxies: [
    proxy('database', { expiresAtMs: nowMs + 61_000 }),
    proxy('search', { enabled: false, upstream: 'search.example.com:9200' }),
  ],
  toxics: [
    {
      proxy: 'database',
      toxic: {
        name: 'slow',
        type: 'latency',
        stream: 'downstream',
        toxicity: 0.5,
        attributes: { latency: 300, jitter: 0 },
      },
      counters: { connections: 2, chunks: 40, bytes: 4_000, longestMs: 301 },
      expiresAtMs: nowMs + 12_000,
    },
  ],
  changes: ["database: 'slow' added"],
};

const textOf = (columns: number, rows?: number, given: ProxyPicture = picture) =>
  proxyScreen(given, { columns, rows, nowMs }).map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );

describe('the list of proxies', () => {
  it('has a line for each proxy and one for each toxic', () => {
    expect(textOf(110)).toEqual([
      'Fault proxy  http://127.0.0.1:8474  seed 7  Ctrl-C ends it',
      '',
      ' database  127.0.0.1:5433 -> 127.0.0.1:5432           3 open of 1,204 connections, 1.24 MB  61 s left',
      '   ! slow  latency downstream (toxicity 0.5): latency 300, jitter 0  on 2 connections  12 s left',
      ' search    127.0.0.1:5433 -> search.example.com:9200  disabled, 1,204 connections, 1.24 MB',
      '',
      " database: 'slow' added",
    ]);
  });

  it('puts the addresses on a line of their own where it is narrow', () => {
    expect(textOf(52)).toEqual([
      'Fault proxy  http://127.0.0.1:8474  seed 7  Ctrl-C …',
      '',
      ' database  3 open of 1,204 connections, 1.24 MB',
      '   127.0.0.1:5433 -> 127.0.0.1:5432  61 s left',
      '   ! slow  latency downstream (toxic…  2x  12 s left',
      ' search    disabled, 1,204 connections, 1.24 MB',
      '   127.0.0.1:5433 -> search.example.com:9200',
      '',
      " database: 'slow' added",
    ]);
  });

  it('says how to begin where there is none', () => {
    const none = { ...picture, proxies: [], toxics: [], changes: [] };
    expect(textOf(80, 24, none).at(-1)).toBe(' no proxy yet: a client makes one with POST /proxies');
  });

  it('never is wider or higher than the terminal, whatever names hold, and tells what it leaves out', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      proxy(`服务\u001B[2J-${index}-${'x'.repeat(index)}`),
    );
    const hostile = {
      ...picture,
      proxies: many,
      changes: Array.from({ length: 9 }, () => 'a\nb'.repeat(60)),
    };
    for (const [columns, rows] of [
      [30, 12],
      [80, 24],
      [200, 10],
    ] as const) {
      const lines = textOf(columns, rows, hostile);
      expect(lines.length).toBeLessThan(rows);
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
      expect(lines.join('\n')).toMatch(/… \d+ more lines/);
      expect(lines.join('')).not.toContain('\u001B');
    }
  });
});
