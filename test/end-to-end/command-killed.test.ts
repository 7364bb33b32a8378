import { expect, it } from 'vitest';
import { seededRandom } from '../../lib/run/seeded-random.ts';
import { isLong } from '../setup.ts';
import { commandProject } from './command.ts';
import { greetingsProject } from './greetings.ts';

/** What a rehearsal says as it goes on: the moments at which it is killed. */
const moments = [
  /is starting/,
  /Admission/,
  /The baseline began/,
  /was started/,
  /fault: running/,
  /completed/,
  /Recovery/,
  /conclude:/,
  /Verdict:/,
];

/** A long run kills often enough to meet each moment several times. */
const kills = isLong ? 100 : 4;

it(`may be killed at any moment, ${kills} times in a row: the next start ends what was left`, async () => {
  const random = seededRandom(20_260_501);
  const project = commandProject(greetingsProject());
  for (let kill = 0; kill < kills; kill += 1) {
    const { child, ended, line } = project.start('rehearse', 'slow-names', '--out', 'run');
    await line(moments[Math.floor(random.next() * moments.length)] ?? /./);
    child.kill('SIGKILL');
    await ended;
  }
  const last = await project.run('rehearse', 'slow-names', '--out', 'run');
  expect(last.stdout).toMatch(/^\nheld: /);
  expect(project.processes()).toEqual([]);
}, 1_200_000);
