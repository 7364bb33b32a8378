import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { containing } from '../fakes/matching.ts';
import { commandProject, inJson } from './command.ts';

const files = {
  'proxies.yaml': `
- name: database
  listen: 127.0.0.1:0
  upstream: 127.0.0.1:1
  toxics: [{ name: slow, type: latency, attributes: { latency: 300 } }]
`,
};

/** Whether anything listens there. */
const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
  });

it('serves the proxies of a file to whoever has the token, tells each change in a line, and ends with nothing left', async () => {
  const project = commandProject(files, { STEADFAST_PROXY_TOKEN: 'secret' });
  const { child, ended, line } = project.start(
    'proxy',
    '--config',
    'proxies.yaml',
    '--port',
    '0',
    '--seed',
    '7',
    '--json',
  );
  const url = /http:\S+\d/.exec(await line(/listens at/))?.[0] ?? '';
  const authorization = 'Bearer secret';
  const refused = await fetch(`${url}/proxies`);
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  const taken = await fetch(`${url}/proxies/database/toxics/slow`, {
    method: 'DELETE',
    headers: { authorization },
  });
  expect(taken.status).toBe(204);
  await line(/database: 'slow' removed/);
  const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
  expect(metrics).toContain('steadfast_proxy_enabled{proxy="database"} 1\n');

  child.kill('SIGTERM');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    url,
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    seed: 7,
    proxies: [{ name: 'database', listen: containing('127.0.0.1:'), upstream: '127.0.0.1:1', enabled: true }],
  });
  expect(stderr.trimEnd().split('\n')).toEqual([
    containing('database: made 127.0.0.1:'),
    containing("database: 'slow' added, latency downstream: latency 300, jitter 0"),
    containing(`the fault proxy listens at ${url}, seed 7`),
    containing("database: 'slow' removed"),
    'The proxy has ended: nothing listens any more.',
  ]);
  const listen = String(inJson(stdout, 'proxies', 0, 'listen'));
  const ports = [Number(new URL(url).port), Number(listen.split(':').at(-1))];
  expect(await Promise.all(ports.map(listens))).toEqual([false, false]);
});
