import { existsSync, readFileSync } from 'node:fs';
import { startBalancer } from '../../../lib/lab/balancer/start-balancer.ts';
import { ownProcesses } from '../../../lib/lab/processes/owned-processes.ts';
import { systemClock } from '../../../lib/probing/system-clock.ts';

/**
 * A stand-in for the command, to be killed: owns a process that has started another one in a group of its own, tells their
 * ids once both run, and waits.
 */
const [, , registry = '', logFolder = '', end = 'wait'] = process.argv;
const grandchild = "setInterval(() => {}, 1000); console.log('grandchild ' + process.pid)";
const child = `
  const { spawn } = require('node:child_process');
  const other = spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  other.stdout.once('data', () => require('node:fs').writeFileSync(process.argv[1], process.pid + ' ' + other.pid));
  setInterval(() => {}, 1000);`;

const processes = ownProcesses({ registry, logFolder });
const pidFile = `${logFolder}/pids`;
if (end === 'helper') {
  const upstreams = [{ id: 'a', host: '127.0.0.1', port: 1 }];
  const { managed } = await startBalancer(
    processes,
    { name: 'balancer', upstreams, folder: logFolder },
    systemClock,
  );
  process.stdout.write(`${managed.pid} ${managed.pid}\n`);
} else {
  await processes.start({ name: 'child', command: ['node', '-e', child, pidFile], folder: logFolder });
  const look = setInterval(() => {
    if (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') return;
    clearInterval(look);
    process.stdout.write(`${readFileSync(pidFile, 'utf8')}\n`);
    if (end === 'throw') throw new Error('an error that nobody catches');
    if (end === 'exit') process.exit(3);
  }, 10);
}
