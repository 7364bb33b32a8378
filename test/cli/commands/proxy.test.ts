import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { proxyCommand } from '../../../lib/cli/commands/proxy.ts';
import { main } from '../../../lib/cli/main.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { containing } from '../../fakes/matching.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocumentOf } from '../documents/expect-document.ts';

async function takenPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function run(words: readonly string[], files: Readonly<Record<string, unknown>> = {}) {
  const { io, out, err } = capturedIo(temporaryProject(files));
  const code = await main(['proxy', ...words], io, '0.0.0');
  expectDocumentOf(['proxy', ...words], out());
  return { code, out: out(), err: err() };
}

const database = { name: 'database', listen: '127.0.0.1:0', upstream: '127.0.0.1:1' };

it('shows its proxies on a terminal, and says who could put faults in, until it is ended', async () => {
  const { io, err, out } = capturedIo(temporaryProject({ 'p.json': [database] }), { isTerminal: true });
  const end = Promise.withResolvers<void>();
  const close = vi.fn();
  const ending = { ended: end.promise, close };
  const running = proxyCommand(io, { config: 'p.json', host: '0.0.0.0', port: 0 }, () => ending);
  await expect
    .poll(err)
    .toMatch(/ database {2}127\.0\.0\.1:\d+ -> 127\.0\.0\.1:1 {2}0 open of 0 connections, 0 B/);
  end.resolve();
  expect([await running, out()]).toEqual([0, '']);
  expect(close).toHaveBeenCalledOnce();
  expect(err()).toMatch(/\nThe proxy has ended: nothing listens any more\.\n$/);
  expect(err()).toContain('Whoever reaches 0.0.0.0 can put faults in: give it a token');
});

describe('steadfast proxy does not begin', () => {
  it('where its port is taken: 4, and how to mend it', async () => {
    const port = await takenPort();
    const { code, err } = await run(['--port', String(port)]);
    expect([code, err]).toEqual([
      4,
      `steadfast: the control cannot listen at 127.0.0.1:${port}: the port is taken\n  choose another with --port, or end what listens there\n`,
    ]);
  });

  it('where its address is none of this machine: 4, and how to mend it', async () => {
    const { code, err } = await run(['--port', '0', '--host', '203.0.113.1']);
    expect([code, err]).toEqual([4, containing('choose an address of this machine with --host')]);
  });

  it('where one of its proxies cannot listen: 4, and none does', async () => {
    const port = await takenPort();
    const other = { ...database, name: 'taken', listen: `127.0.0.1:${port}` };
    const { code, out } = await run(['--port', '0', '--config', 'p.json', '--json'], {
      'p.json': [database, other],
    });
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'cannot-begin',
        message: `the proxy 'taken' cannot be made: listen tcp 127.0.0.1:${port}: bind: address already in use`,
      },
    });
  });

  it('where its file is wrong: 4, with the place', async () => {
    const { code, err } = await run(['--config', 'p.json'], { 'p.json': [{ name: 'database' }] });
    expect(code).toBe(4);
    expect(err).toContain('p.json:2  [0].upstream\n       is missing: a text is needed');
  });

  it('with a token that is empty, as of a variable that was to be filled: 64', async () => {
    const { code, err } = await run(['--token', '']);
    expect([code, err]).toEqual([64, containing('It must have at least one character')]);
  });

  it.each([['70000'], ['-1'], ['http']])('with --port %s: 64', async (port) => {
    const { code, err } = await run([`--port=${port}`]);
    expect([code, err]).toEqual([64, containing('must be a whole number from 0 to 65535')]);
  });
});
