import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import type { ActionHandler, Bite } from '../../lib/lab/fis/action-handler.ts';
import { cpuPressure } from '../../lib/lab/fis/actions/cpu-pressure.ts';
import { exhaustConnections } from '../../lib/lab/fis/actions/exhaust-connections.ts';
import { exhaustFileDescriptors } from '../../lib/lab/fis/actions/exhaust-file-descriptors.ts';
import { freeze } from '../../lib/lab/fis/actions/freeze.ts';
import { lastOf } from '../../lib/lab/pressure/one-cpu.ts';
import { filesLeft, limitFor } from '../../lib/lab/processes/open-files.ts';
import type { RunningLab } from '../../lib/lab/running-lab.ts';
import { startLab } from '../../lib/lab/start-lab.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { matching } from '../fakes/matching.ts';
import { sequence } from './support/sequence.ts';

const folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
/** Takes ten connections at a time, and computes for a while for each answer. */
const code = `
  const server = require('node:http').createServer((q, r) => { const until = Date.now() + 5; while (Date.now() < until); r.end() });
  server.maxConnections = 10;
  server.listen(process.argv[1], '127.0.0.1')`;

let lab: RunningLab;
beforeAll(async () => {
  lab = await startLab({
    lab: labSchema.parse({
      id: 'one',
      services: { names: { command: ['node', '-e', code, '{port}'], health: { path: '/' } } },
      guards: { none: { notRehearsable: 'a test' } },
    }),
    folder,
    logFolder: folder,
    random: sequence(0.5),
    clock: systemClock,
  });
});
afterAll(async () => {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function hurt(
  handler: ActionHandler,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Bite> {
  const told = await handler.carryOut({
    lab,
    parameters: { duration: 'PT0.2S', ...parameters },
    resources: [],
    targets: lab.replicas,
    signal: new AbortController().signal,
    clock: systemClock,
    random: sequence(0.5),
  });
  return typeof told === 'function' ? told() : told;
}

const pidOf = () => lab.replicas[0]?.pid ?? 0;
const wellAgain = async () => {
  while (!(await lab.isHealthy('names-1'))) await systemClock.sleep(10);
};

describe('a real process', () => {
  it('that is frozen answers nothing until it goes on', async () => {
    const frozen = hurt(freeze);
    const fromMs = performance.now();
    const tookMs = lab.isHealthy('names-1').then(() => performance.now() - fromMs);
    expect(await frozen).toMatchObject({ bit: true, evidence: matching(/^names-1 stood still for \d+ ms$/) });
    // It lasts 200 ms; a process that runs answers in a few.
    expect(await tookMs).toBeGreaterThan(150);
    await wellAgain();
  });

  it('that has to share its connections refuses others, and takes them again afterwards', async () => {
    expect(await hurt(exhaustConnections, { connections: '12' })).toMatchObject({
      bit: true,
      evidence: matching(/^names-1: 1 process held \d+ connections, and [1-9]\d* were refused/),
    });
    await wellAgain();
  });

  it('that takes more connections than are held is not hurt, and the fault says so', async () => {
    expect(await hurt(exhaustConnections, { connections: '3' })).toMatchObject({
      bit: false,
      evidence: matching(/held 3 connections, and 0 were refused/),
    });
  });

  it.runIf(process.platform === 'linux')(
    'without file descriptors takes no new connection, and does so afterwards',
    async () => {
      const before = filesLeft(pidOf()) ?? 0;
      expect(before).toBeGreaterThan(100);
      expect(await hurt(exhaustFileDescriptors)).toMatchObject({ bit: true });
      expect(filesLeft(pidOf())).toBeGreaterThan(before - 100);
      await wellAgain();
    },
  );

  it.runIf(process.platform === 'linux')(
    'that shares a CPU waits for it, and may use all of them afterwards',
    async () => {
      const cpus = () =>
        /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync(`/proc/${pidOf()}/status`, 'utf8'))?.[1];
      const before = cpus();
      const end = new AbortController();
      const asking = (async () => {
        while (!end.signal.aborted) await lab.isHealthy('names-1');
      })();
      expect(await hurt(cpuPressure)).toMatchObject({ bit: true, evidence: matching(/waited for a CPU/) });
      end.abort();
      await asking;
      expect(cpus()).toBe(before);
    },
  );
});

describe('what limits rest on', () => {
  it('is the lowest descriptor that is free', () => {
    expect(limitFor(new Set([0, 1, 2, 5]), 0)).toBe(3);
    expect(limitFor(new Set([0, 1, 2, 5]), 2)).toBe(6);
    expect(limitFor(new Set([0, 1, 2, 3]), 1)).toBe(5);
  });

  it('is the last CPU of several', () => {
    expect([lastOf('0-1'), lastOf('0-3,8'), lastOf('7')]).toEqual([1, 8, undefined]);
  });
});
