import { expect, it } from 'vitest';
import { createProxyView } from '../../../lib/cli/proxy/proxy-view.ts';
import type { ProxyServer } from '../../../lib/lab/proxy/control/proxy-server.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { capturedIo } from '../captured-io.ts';

const server: ProxyServer = {
  host: '127.0.0.1',
  port: 8474,
  url: 'http://127.0.0.1:8474',
  proxies: () => [],
  toxics: () => [],
  close: async () => undefined,
};

function view(isTerminal: boolean) {
  const { io, err } = capturedIo('/', { isTerminal });
  const clock = createVirtualClock({ auto: false });
  const options = { stream: io.stderr, isTerminal, columns: 80, colours: false, clock, seed: 7 };
  return { view: createProxyView(options), err, clock };
}

it('tells each change in a line where nobody sees it redrawn, without anything that moves a cursor', async () => {
  const { view: shown, err, clock } = view(false);
  shown.tell('database: made');
  shown.show(server);
  await clock.advance(12_000);
  shown.tell("database: '\u001B[2Jslow' added\nforged line");
  shown.close();
  expect(err()).toBe(
    "+0 s  database: made\n+0 s  the fault proxy listens at http://127.0.0.1:8474, seed 7\n+12 s  database: 'slow' added forged line\n",
  );
});

it('redraws its list on a terminal, and gives the terminal back', async () => {
  const { view: shown, err, clock } = view(true);
  shown.tell('before there is anything to show');
  expect(err()).toBe('');
  shown.show(server);
  expect(err()).toContain('Fault proxy  http://127.0.0.1:8474  seed 7');
  shown.tell('database: made');
  expect(err()).toContain(' database: made');
  expect(clock.sleepers).toBe(1);
  shown.close();
  shown.close();
  expect(err().endsWith('\u001B[?25h')).toBe(true);
  expect(clock.sleepers).toBe(0);
});
