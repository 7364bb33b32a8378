import { expect, it } from 'vitest';
import { seededRandom } from '../../lib/run/seeded-random.ts';
import { isLong } from '../setup.ts';
import { commandProject } from './command.ts';
import { greetingsProject, slowNames } from './greetings.ts';

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

const whileFaultIsOn = 4;

/** A long run kills often enough to meet each moment several times, with each of the faults. */
const kills = isLong ? 100 : 4;

const selector = { service: 'greeter' } as const;

/** What stays on processes or on the machine as long as a fault lasts; and the one that the command holds itself. */
const faults = {
  'slow-names': slowNames.faults,
  'frozen-greeter': { frozen: { action: 'lab:freeze', selector } },
  'pressed-greeter': {
    cpu: { action: 'lab:cpu-pressure', selector, parameters: { workers: 1, load: '20%' } },
    memory: { action: 'lab:memory-pressure', selector, parameters: { mebibytes: 64 } },
    connections: { action: 'lab:exhaust-connections', selector, parameters: { connections: 20 } },
  },
  'killed-greeter': { loop: { action: 'lab:restart-loop', selector, parameters: { every: '300ms' } } },
} as const;

const ids = Object.keys(faults);

it(`may be killed at any moment, ${kills} times in a row: the next start ends what was left, frozen or pressing`, async () => {
  const random = seededRandom(20_260_501);
  const project = commandProject({
    ...greetingsProject(),
    ...Object.fromEntries(
      Object.entries(faults).map(([id, ofIt]) => [
        `experiments/${id}.json`,
        { ...slowNames, id, faults: ofIt },
      ]),
    ),
  });
  const drawn = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(random.next() * items.length)];
  let early = 0;
  for (let kill = 0; kill < kills; ) {
    // Each in its turn.
    const id = ids[(kill + 1) % ids.length] ?? 'slow-names';
    // A fault that hurts is met while it is on, first of all; it may end a run before it comes to the later moments.
    const met =
      kill < ids.length
        ? moments.slice(whileFaultIsOn, whileFaultIsOn + 1)
        : moments.slice(0, whileFaultIsOn + 1);
    const moment = drawn(id === 'slow-names' ? moments : met) ?? /./;
    const { child, ended, line } = project.start('rehearse', id, '--out', 'run');
    const came = await line(moment).then(
      () => true,
      () => false,
    );
    child.kill('SIGKILL');
    const { code, stderr } = await ended;
    if (came) kill += 1;
    else {
      // A machine that is too busy to see anything rejects a run before its fault: then it is tried again, but not for ever.
      early += 1;
      expect([code, early <= kills], stderr).toEqual([4, true]);
    }
  }
  const last = await project.run('rehearse', 'slow-names', '--out', 'run');
  expect(last.stdout).toMatch(/^\nheld: /);
  expect(project.processes()).toEqual([]);
}, 1_200_000);
