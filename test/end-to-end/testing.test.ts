import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandProject } from './command.ts';

const file = join(import.meta.dirname, '..', 'testing', 'under-node-test.ts');

it('leaves nothing of a lab under node:test, whether tests pass, time out, or their runner is killed', async () => {
  const project = commandProject();
  const words = ['--test', '--test-isolation=none', '--test-reporter=tap', file];
  const killed = project.startNode(...words);
  await killed.line(/the fault is on/);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(project.processes()).not.toEqual([]);

  const { code, stdout } = await project.node(...words);
  const results = stdout.split('\n').filter((line) => /^(not )?ok /.test(line));
  expect([code, results]).toEqual([
    1,
    [
      'ok 1 - a fault is on',
      'not ok 2 - a test times out while its fault is on',
      'ok 3 - the fault of the one before is gone',
    ],
  ]);
  expect(project.processes()).toEqual([]);
});
