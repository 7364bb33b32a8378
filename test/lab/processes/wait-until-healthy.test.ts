import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePorts } from '../../../lib/lab/processes/free-ports.ts';
import { type OwnedProcesses, ownProcesses } from '../../../lib/lab/processes/owned-processes.ts';
import { waitUntilHealthy } from '../../../lib/lab/processes/wait-until-healthy.ts';
import { systemClock } from '../../../lib/probing/system-clock.ts';

let folder: string;
let processes: OwnedProcesses;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
  processes = ownProcesses({ logFolder: folder, registry: join(folder, 'registry') });
  [port = 0] = await freePorts(1);
});
afterEach(async () => {
  await processes.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = (code: string) =>
  processes.start({ name: 'shop-1', command: ['node', '-e', code, String(port)], folder });
const server = (status: number) =>
  `require('node:http').createServer((q, r) => { r.statusCode = ${status}; r.end() }).listen(process.argv[1], '127.0.0.1')`;

describe('waiting until a process is healthy', () => {
  it('ends when its path answers 200', async () => {
    const managed = await start(server(200));
    await expect(
      waitUntilHealthy(managed, { port, path: '/health', withinMs: 20_000 }, systemClock),
    ).resolves.toBeUndefined();
  });

  it('ends when its port takes connections, where no path is given', async () => {
    const managed = await start(server(500));
    await expect(waitUntilHealthy(managed, { port, withinMs: 20_000 }, systemClock)).resolves.toBeUndefined();
  });

  it('tells the exit code and the last lines of one that dies', async () => {
    const managed = await start("console.error('no password'); process.exit(7)");
    const waiting = waitUntilHealthy(managed, { port, path: '/health', withinMs: 20_000 }, systemClock);
    await expect(waiting).rejects.toMatchObject({
      code: 'cannot-begin',
      message: 'shop-1 ended with exit code 7 before it was ready; its last lines:\n  no password',
      hint: `its whole log is ${join(folder, 'shop-1.log')}`,
    });
  });

  it('tells what was wrong with one that does not get ready in time', async () => {
    const managed = await start(server(503));
    await waitUntilHealthy(managed, { port, withinMs: 20_000 }, systemClock);
    const waiting = waitUntilHealthy(managed, { port, path: '/health', withinMs: 0 }, systemClock);
    await expect(waiting).rejects.toMatchObject({
      code: 'cannot-begin',
      message: 'shop-1 was not ready within 0 s (/health answered 503), and said nothing',
    });
  });

  it('ends at once when it is interrupted', async () => {
    const managed = await start(server(200));
    const waiting = waitUntilHealthy(managed, { port, withinMs: 20_000 }, systemClock, AbortSignal.abort());
    await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  });
});
