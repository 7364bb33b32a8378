import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { keepToOneCpu } from '../../../lib/lab/pressure/one-cpu.ts';
import { limitFiles, whyNoLimits } from '../../../lib/lab/processes/open-files.ts';

const running: ReturnType<typeof spawn>[] = [];

/** A process that waits. It has answered once, so that it has opened all that it opens while it starts. */
async function sleeper() {
  const child = spawn('cat');
  running.push(child);
  child.stdin.write('awake');
  await once(child.stdout, 'data');
  return child;
}

async function end(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const filesOf = (pid: number) => /^Max open files.*$/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[0];
const cpusOf = (pid: number) =>
  /^Cpus_allowed_list:.*$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[0];

describe.runIf(whyNoLimits() === undefined)('two faults on the files of one process', () => {
  afterEach(async () => void (await Promise.all(running.splice(0).map(end))));

  it.each([
    ['first', 'second'],
    ['second', 'first'],
  ] as const)('give its limit back once both have ended, the %s before the %s', async (early, late) => {
    const { pid = 0 } = await sleeper();
    const before = filesOf(pid);
    const limits = { first: limitFiles(pid, 3), second: limitFiles(pid, 0) };
    const limited = filesOf(pid);
    expect(limited).not.toBe(before);
    limits[early]?.restore();
    limits[early]?.restore();
    expect(filesOf(pid)).toBe(limited);
    limits[late]?.restore();
    expect(filesOf(pid)).toBe(before);
  });

  it('have nothing to tell of one that has ended', async () => {
    const child = await sleeper();
    const limit = limitFiles(child.pid ?? 0, 0);
    expect(limit?.left()).toBe(0);
    await end(child);
    limit?.tighten();
    expect(limit?.left()).toBeUndefined();
    limit?.restore();
    expect(limitFiles(child.pid ?? 0, 0)).toBeUndefined();
  });
});

describe.runIf(process.platform === 'linux' && availableParallelism() > 1)(
  'two faults that keep one process to a CPU',
  () => {
    afterEach(async () => void (await Promise.all(running.splice(0).map(end))));

    it.each([
      [0, 1],
      [1, 0],
    ] as const)('let it use all again once both have ended: %i, then %i', async (early, late) => {
      const { pid = 0 } = await sleeper();
      const before = cpusOf(pid);
      const kept = [keepToOneCpu([pid]), keepToOneCpu([pid])];
      const one = cpusOf(pid);
      expect(one).not.toBe(before);
      kept[early]?.release([pid]);
      expect(cpusOf(pid)).toBe(one);
      kept[late]?.release([pid]);
      expect(cpusOf(pid)).toBe(before);
    });
  },
);
