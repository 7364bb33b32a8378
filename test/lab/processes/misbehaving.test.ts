import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePorts } from '../../../lib/lab/processes/free-ports.ts';
import { cutLog } from '../../../lib/lab/processes/keep-logs-short.ts';
import { lastLines } from '../../../lib/lab/processes/last-lines.ts';
import { ownProcesses } from '../../../lib/lab/processes/owned-processes.ts';
import { startTimeOf } from '../../../lib/lab/processes/start-time.ts';
import { waitUntilHealthy } from '../../../lib/lab/processes/wait-until-healthy.ts';
import { systemClock } from '../../../lib/probing/system-clock.ts';
import { containing, matching } from '../../fakes/matching.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const owned = () => ownProcesses({ logFolder: join(folder, 'logs'), registry: join(folder, 'registry') });

describe('a service that goes into the background', () => {
  const daemon = 'setInterval(() => {}, 1000); process.send(process.pid)';
  const leader = `
    const { spawn } = require('node:child_process');
    const other = spawn(process.execPath, ['-e', ${JSON.stringify(daemon)}], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    other.once('message', (pid) => { require('node:fs').writeFileSync(process.argv[1], String(pid)); process.exit(0) })`;

  it('is told to stay in the foreground, and what it has left there ends with the lab', async () => {
    const processes = owned();
    const pidFile = join(folder, 'pid');
    const [port = 0] = await freePorts(1);
    const managed = await processes.start({
      name: 'shop-1',
      command: ['node', '-e', leader, pidFile],
      folder,
    });
    await expect(waitUntilHealthy(managed, { port, withinMs: 20_000 }, systemClock)).rejects.toMatchObject({
      code: 'cannot-begin',
      message: 'shop-1 ended with exit code 0 before it was ready, and said nothing',
      hint: matching(/^a service stays in the foreground: .*its whole log is /),
    });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    // Where the system tells nobody's environment, nobody can tell whose process it is.
    const isFound = process.platform === 'linux';
    expect(startTimeOf(pid) !== undefined).toBe(true);
    await processes.stop();
    expect(startTimeOf(pid) === undefined).toBe(isFound);
    if (!isFound) process.kill(pid, 'SIGKILL');
  });
});

describe('a log', () => {
  it('that fills the disk is cut down to its end, and goes on from there', () => {
    const file = join(folder, 'shop-1.log');
    const log = openSync(file, 'a');
    writeSync(log, `${'x'.repeat(99_999)}\nthe last words\n`);
    cutLog(file, 200_000);
    expect(readFileSync(file, 'utf8')).toHaveLength(100_015);
    cutLog(file, 50_000);
    writeSync(log, 'and more\n');
    closeSync(log);
    const text = readFileSync(file, 'utf8');
    expect(text.length).toBeLessThan(70_000);
    expect(text).toMatch(
      /^\[it was longer than 50000 bytes: what came before was cut away\]\nx+\nthe last words\nand more\n$/,
    );
  });

  it('that is not there is no reason to fail', () => {
    expect(() => cutLog(join(folder, 'none.log'))).not.toThrow();
  });

  it('that holds anything but text is shown as text, and never moves a cursor', () => {
    const file = join(folder, 'shop-1.log');
    writeFileSync(file, Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0xff, 0xfe, 0x00, 0x41, 0x0a]));
    appendFileSync(file, `tab\there\r\n${'long '.repeat(200)}\n`);
    const [first, second, third = ''] = lastLines(file);
    expect([first, second]).toEqual(['·[2J·A', 'tab\there']);
    expect(third).toHaveLength(401);
  });
});

describe('a lab that cannot write', () => {
  it('its logs says where, and starts nothing', () => {
    writeFileSync(join(folder, 'logs'), 'a file');
    expect(owned).toThrow(
      expect.objectContaining({
        code: 'cannot-begin',
        message: containing(`the folder ${join(folder, 'logs')} cannot be made: EEXIST`),
        hint: containing('the disk has room'),
      }),
    );
    expect(existsSync(join(folder, 'registry'))).toBe(false);
  });

  it('the log of one process says which', async () => {
    const processes = owned();
    rmSync(join(folder, 'logs'), { recursive: true });
    const starting = processes.start({ name: 'shop-1', command: ['node', '--version'], folder });
    await expect(starting).rejects.toMatchObject({
      code: 'cannot-begin',
      message: containing('shop-1: its log '),
    });
    await processes.stop();
  });

  it('what it has started to its list has that ended at once', async () => {
    const processes = owned();
    rmSync(join(folder, 'registry'), { recursive: true });
    const command = [
      'node',
      '-e',
      "require('node:fs').writeFileSync(process.argv[1], ''); setInterval(() => {}, 1000)",
      join(folder, 'ran'),
    ];
    await expect(processes.start({ name: 'shop-1', command, folder })).rejects.toMatchObject({
      code: 'cannot-begin',
      message: containing('shop-1: it cannot be written to the list of what the lab starts: ENOENT'),
    });
    await processes.stop();
    // It was killed before it could do anything.
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});
