import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { openConnections } from '../../../lib/lab/connections/open-connections.ts';
import { echo, listen } from '../support/sockets.ts';

/** Opens connections to a port, says `connected`, and stays. */
const connects = (port: number, count: number) =>
  `let left = ${count};
   for (let index = 0; index < ${count}; index += 1)
     require('node:net').connect(${port}, '127.0.0.1', () => { left -= 1; if (left === 0) console.log('connected'); });`;

/** A process that connects nowhere, and whose child does. */
const hasAChildThat = (script: string) =>
  `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(script)}], { stdio: 'inherit' });`;

const processes: ChildProcess[] = [];
const services: Awaited<ReturnType<typeof listen>>[] = [];

afterEach(async () => {
  for (const child of processes.splice(0)) {
    // The leader of its own group, as a lab starts them: what it has started ends with it.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await once(child, 'close');
  }
  for (const service of services.splice(0)) await service.close();
});

async function started(script: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  processes.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

async function service(): Promise<number> {
  const listening = await listen(echo);
  services.push(listening);
  return listening.port;
}

describe.runIf(process.platform === 'linux')('what a process is connected to', () => {
  it('is told by the system, connection by connection', async () => {
    const port = await service();
    const pid = await started(connects(port, 3));
    expect(openConnections(pid)).toEqual(Array.from({ length: 3 }, () => ({ host: '127.0.0.1', port })));
  });

  it('is also what the processes that it has started are connected to', async () => {
    const port = await service();
    const pid = await started(hasAChildThat(connects(port, 2)));
    expect(openConnections(pid)).toEqual(Array.from({ length: 2 }, () => ({ host: '127.0.0.1', port })));
  });

  it("is never another process's affair", async () => {
    const port = await service();
    await started(connects(port, 1));
    const idle = await started("console.log('idle'); setInterval(() => {}, 60_000);");
    expect(openConnections(idle)).toEqual([]);
  });
});

describe('what a process is connected to that is not there', () => {
  it.each([0, -1, 2 ** 30])('nobody can tell of process %d', (pid) => {
    expect(openConnections(pid)).toBeUndefined();
  });
});
