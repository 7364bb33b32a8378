import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanUpAfterDeadOwners } from '../../../lib/lab/processes/clean-up-after-dead-owners.ts';
import { ownProcesses } from '../../../lib/lab/processes/owned-processes.ts';
import { signalTo } from '../../../lib/lab/processes/signal-to.ts';
import { startTimeOf } from '../../../lib/lab/processes/start-time.ts';

let folder: string;
let registry: string;
const started = new Set<ChildProcess>();
const pidsToEnd = new Set<number>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
  registry = join(folder, 'registry');
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
  for (const pid of pidsToEnd) signalTo(pid, 'SIGKILL', 'process');
  pidsToEnd.clear();
  rmSync(folder, { recursive: true, force: true });
});

const isGone = async (pid: number): Promise<void> => {
  while (startTimeOf(pid) !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
};

/** Starts an owner of its own and waits until its child and grandchild run. */
async function startOwner(end: 'wait' | 'throw' | 'exit' | 'helper' = 'wait') {
  const logFolder = mkdtempSync(join(folder, 'logs-'));
  const file = fileURLToPath(new URL('./owner.ts', import.meta.url));
  const owner = spawn(process.execPath, [file, registry, logFolder, end], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.add(owner);
  const exited = once(owner, 'exit');
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const [child = 0, grandchild = 0] = line.toString().trim().split(' ').map(Number);
  pidsToEnd.add(child);
  pidsToEnd.add(grandchild);
  return { owner, exited, child, grandchild };
}

const sleeper = ['node', '-e', 'setInterval(() => {}, 1000)'];

describe('the processes of a lab', () => {
  it('write to a log of their own name, and know the lab by its token', async () => {
    const processes = ownProcesses({ logFolder: folder, registry });
    const managed = await processes.start({
      name: 'shop-1',
      command: [
        'node',
        '-e',
        "console.log(process.env.STEADFAST_LAB_TOKEN, process.env.A); console.error('oh')",
      ],
      env: { A: 'b' },
      folder,
    });
    expect(await managed.exited).toEqual({ code: 0, signal: null });
    const [record = ''] = readdirSync(registry);
    expect(readFileSync(join(folder, 'shop-1.log'), 'utf8')).toBe(`${record.replace('.ndjson', '')} b\noh\n`);
    await processes.stop();
    expect(readdirSync(registry)).toEqual([]);
  });

  it('are ended with SIGKILL when they do not heed SIGTERM in time', async () => {
    const processes = ownProcesses({ logFolder: folder, registry });
    const command = [
      'node',
      '-e',
      "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)",
    ];
    const managed = await processes.start({ name: 'stubborn', command, folder });
    while (!readFileSync(managed.logFile, 'utf8').includes('ready'))
      await new Promise((r) => setTimeout(r, 10));
    expect(await managed.stop(50)).toEqual({ code: null, signal: 'SIGKILL' });
    expect(managed.alive).toBe(false);
    await processes.stop();
  });

  it('cannot be started from a program that does not exist: the error names it', async () => {
    const processes = ownProcesses({ logFolder: folder, registry });
    const starting = processes.start({ name: 'shop-1', command: ['no-such-program-anywhere'], folder });
    await expect(starting).rejects.toMatchObject({
      code: 'cannot-begin',
      message: "shop-1: the program 'no-such-program-anywhere' does not exist",
    });
    await processes.stop();
  });

  it('cannot be started once the lab stops', async () => {
    const processes = ownProcesses({ logFolder: folder, registry });
    const managed = await processes.start({ name: 'a', command: sleeper, folder });
    await processes.stop();
    expect(startTimeOf(managed.pid)).toBeUndefined();
    await expect(processes.start({ name: 'b', command: sleeper, folder })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('end when their owner gets %s', async (signal) => {
    const { owner, exited, child } = await startOwner();
    owner.kill(signal);
    expect(await exited).toEqual([null, signal]);
    await isGone(child);
    expect(readdirSync(registry)).toEqual([]);
  });

  it.each(['throw', 'exit'] as const)('end when their owner ends by itself: %s', async (end) => {
    const { exited, child } = await startOwner(end);
    await exited;
    await isGone(child);
    expect(readdirSync(registry)).toEqual([]);
  });
});

describe('cleaning up after dead owners', () => {
  it('is not needed for helpers of our own: they end by themselves even when their owner is killed', async () => {
    const { owner, exited, child } = await startOwner('helper');
    owner.kill('SIGKILL');
    await exited;
    await isGone(child);
    expect(await cleanUpAfterDeadOwners(registry)).toBe(0);
  });

  it('ends what an owner killed with SIGKILL has left, in other groups too where the system tells their token', async () => {
    const { owner, exited, child, grandchild } = await startOwner();
    owner.kill('SIGKILL');
    await exited;
    expect(startTimeOf(child)).toBeDefined();
    expect(await cleanUpAfterDeadOwners(registry)).toBe(process.platform === 'linux' ? 2 : 1);
    expect(startTimeOf(child)).toBeUndefined();
    if (process.platform === 'linux') expect(startTimeOf(grandchild)).toBeUndefined();
    expect(readdirSync(registry)).toEqual([]);
  });

  it('leaves the processes of a live owner alone', async () => {
    const { child, grandchild } = await startOwner();
    expect(await cleanUpAfterDeadOwners(registry)).toBe(0);
    expect(startTimeOf(child)).toBeDefined();
    expect(startTimeOf(grandchild)).toBeDefined();
    expect(readdirSync(registry)).toHaveLength(1);
  });

  it('never touches a process that has got the id of one that is gone', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      stdio: 'ignore',
      detached: true,
    });
    started.add(bystander);
    await once(bystander, 'spawn');
    const { owner, exited } = await startOwner();
    const [record = ''] = readdirSync(registry);
    appendFileSync(
      join(registry, record),
      `${JSON.stringify({ pid: bystander.pid, startedAt: '1' })}\n{"pid":`,
    );
    owner.kill('SIGKILL');
    await exited;
    await cleanUpAfterDeadOwners(registry);
    expect(startTimeOf(bystander.pid ?? 0)).toBeDefined();
    expect(existsSync(join(registry, record))).toBe(false);
  });
});
