import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import { isFrozen, startTimeOf } from '../../lib/lab/processes/start-time.ts';
import type { RunningLab } from '../../lib/lab/running-lab.ts';
import { startLab } from '../../lib/lab/start-lab.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { sequence } from './support/sequence.ts';

const folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
const code = "require('node:http').createServer((q, r) => r.end()).listen(process.argv[1], '127.0.0.1')";

let lab: RunningLab;
beforeAll(async () => {
  lab = await startLab({
    lab: labSchema.parse({
      id: 'two',
      services: { names: { command: ['node', '-e', code, '{port}'], replicas: 2 } },
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

const pidOf = (id: string) => lab.replicas.find((replica) => replica.id === id)?.pid ?? 0;
/** What a signal does, the kernel does a moment later. */
const soon = async (is: () => boolean) => {
  while (!is()) await systemClock.sleep(5);
};
const answers = async (id: string) => {
  while (!(await lab.isHealthy(id))) await systemClock.sleep(10);
};

describe('the processes of a lab', () => {
  it('are killed without a word, and stay dead until they are started again', async () => {
    const oldPid = pidOf('names-1');
    const killed = await lab.killReplica('names-1');
    expect(killed).toMatchObject({ replica: 'names-1', oldPid, gone: true });
    expect(killed.evidence).toMatch(/^names-1: process \d+ ended \(signal SIGKILL\) within \d+ ms$/);
    expect(startTimeOf(oldPid)).toBeUndefined();
    expect(lab.replicas[0]?.alive).toBe(false);
    // Its process id may be somebody else's by now: nothing is sent to it any more.
    expect(await lab.killReplica('names-1')).toMatchObject({ gone: false });
    const frozen = lab.freezeReplica('names-1');
    expect(frozen.isFrozen()).toBe(false);
    frozen.thaw();
    const pids = await Promise.all([lab.startReplica('names-1'), lab.startReplica('names-1')]);
    expect(new Set(pids)).toEqual(new Set([pidOf('names-1')]));
    await answers('names-1');
    expect(lab.diedUnexpectedly).toEqual([]);
  });

  it('are asked to end where they are given a grace', async () => {
    const { evidence, gone } = await lab.killReplica('names-1', 5_000);
    expect([evidence, gone]).toEqual([
      expect.stringMatching(/ended \(signal SIGTERM\) within \d+ ms$/),
      true,
    ]);
    await lab.startReplica('names-1');
    await answers('names-1');
  });

  it('have not failed to come back when they are killed again before they are ready', async () => {
    await lab.killReplica('names-1');
    await lab.startReplica('names-1');
    await lab.killReplica('names-1');
    await lab.startReplica('names-1');
    await answers('names-1');
    expect(lab.diedUnexpectedly).toEqual([]);
  });

  it('are frozen until all who froze them have thawed them', async () => {
    const [first, second] = [lab.freezeReplica('names-2'), lab.freezeReplica('names-2')];
    await soon(() => first.isFrozen());
    first.thaw();
    first.thaw();
    expect(first.isFrozen()).toBe(false);
    expect(second.isFrozen()).toBe(true);
    const tookMs = second.thaw();
    expect(second.thaw()).toBe(tookMs);
    await soon(() => !isFrozen(second.pid));
    await answers('names-2');
  });

  it('are ended in order when they are frozen, and then not frozen any more', async () => {
    const frozen = lab.freezeReplica('names-2');
    await soon(() => frozen.isFrozen());
    const stopped = await lab.stopReplica('names-2');
    expect(stopped.evidence).toMatch(/^names-2: process \d+ ended \(signal SIGTERM\)/);
    frozen.thaw();
    expect(pidOf('names-2')).toBe(stopped.newPid);
    await answers('names-2');
    const killed = lab.freezeReplica('names-2');
    expect((await lab.killReplica('names-2')).gone).toBe(true);
    expect(killed.isFrozen()).toBe(false);
  });

  it('are those of the lab alone', async () => {
    expect(() => lab.freezeReplica('mail-1')).toThrow("the lab 'two' has no replica 'mail-1'");
    await expect(lab.killReplica('mail-1')).rejects.toMatchObject({ code: 'unknown-id' });
    await expect(lab.startReplica('mail-1')).rejects.toMatchObject({ code: 'unknown-id' });
  });

  it('leave nothing behind when the lab stops while they are frozen and the machine is pressed', async () => {
    const frozen = lab.freezeReplica('names-1');
    await soon(() => frozen.isFrozen());
    const pressing = await lab.press({ kind: 'cpu', workers: 1, loadPercent: 5 });
    await lab.stop();
    expect(startTimeOf(frozen.pid)).toBeUndefined();
    // Twice is no error, even once the lab has ended it.
    await pressing.stop();
    await expect(lab.press({ kind: 'cpu', workers: 1, loadPercent: 5 })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});
