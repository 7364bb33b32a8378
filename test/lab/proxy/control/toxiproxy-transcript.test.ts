import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../../lib/lab/processes/free-ports.ts';
import { type ProxyServer, startProxyServer } from '../../../../lib/lab/proxy/control/proxy-server.ts';
import { systemClock } from '../../../../lib/probing/system-clock.ts';
import { seededRandom } from '../../../../lib/run/seeded-random.ts';
import { namesOf, readTranscript, replyTo } from './transcript.ts';

/** Where the answer is meant to be another (docs/how-to/use-the-fault-proxy.md says why). */
const deviations: Readonly<Record<string, RegExp>> = {
  'toxic create negative toxicity & latency':
    /^400 text \{"error":"bad request body: attributes.latency: .*","status":400,"hint":".*"\}⏎$/,
  'metrics (no flag)': /^200 text\/plain; version=0.0.4; charset=utf-8 # HELP /,
};

const transcript = readTranscript();
let server: ProxyServer;
let names: ReturnType<typeof namesOf>;
beforeAll(async () => {
  server = await startProxyServer({
    host: '127.0.0.1',
    port: 0,
    randomOf: () => seededRandom(1),
    clock: systemClock,
  });
  const fixed = ['1', '2', '4', '5', '6', '11', '12', '13', '14', 'up', 'other'];
  const ports = await freePorts(fixed.length);
  names = namesOf({
    version: '2.12.0',
    ...Object.fromEntries(fixed.map((name, index) => [name, String(ports[index])])),
  });
});
afterAll(() => server.close());

/** The toxic that is refused here is not in later answers. */
const withoutRefused = (text: string): string =>
  text.replace(/\{"attributes":\{"latency":-5,[^}]*\},[^}]*\},?/, '');

describe('the answers of a real Toxiproxy, in their order', () => {
  it('are all there', () => {
    expect(transcript.length).toBe(80);
    expect(Object.keys(deviations).filter((name) => !transcript.some(({ what }) => what === name))).toEqual(
      [],
    );
  });

  it.each(transcript.map((exchange) => [exchange.what, exchange] as const))('%s', async (what, exchange) => {
    const { body, path } = exchange;
    const asked = {
      ...exchange,
      path: names.filled(path),
      ...(body === undefined ? {} : { body: names.filled(body) }),
    };
    const got = await replyTo(server.url, asked);
    const deviation = deviations[what];
    if (deviation !== undefined) {
      expect(got).toMatch(deviation);
      return;
    }
    const expected = withoutRefused(exchange.answer);
    names.learn(expected, got);
    expect(got).toBe(names.filled(expected));
  });
});
