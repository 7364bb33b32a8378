import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLocalGameDays } from '../../lib/cli/game-day/local-client.ts';
import type { RoleName } from '../../lib/experiment/role-names.ts';
import type { GameDayView } from '../../lib/game-day/view.ts';
import { gameDayFiles, gameDayFolders } from '../../lib/rehearsal/game-day/files.ts';
import { expectDocument } from '../cli/documents/expect-document.ts';
import { changed } from '../definitions/told.ts';
import { anything, containing } from '../fakes/matching.ts';
import { commandProject } from './command.ts';
import { greetingsProject, journalIn, slowNames } from './greetings.ts';

const slowMorning = {
  id: 'slow-morning',
  title: 'Names are slow all morning',
  owner: 'my-team',
  hypothesis: 'If names come late, greetings still come at once.',
  blastRadius: 'Whoever is greeted on this machine.',
  // Longer than any test waits: only a halt ends it.
  stages: [{ title: 'All names are slow', experiment: 'slow-names' }],
  times: { experiment: '8h' },
  timeZone: 'UTC',
  lab: 'greetings',
};

it('is held on this machine: two people act from other terminals, a halt ends the fault, Ctrl-C the rest', async () => {
  const project = commandProject({
    ...greetingsProject({ experiment: changed(slowNames, ['stages'], [{ share: 'one', duration: '6h' }]) }),
    'experiments/game-days/slow-morning.json': slowMorning,
  });
  const { child, ended, line } = project.start('gameday', 'rehearse', 'slow-morning', '--no-page', '--json');
  const [edition = ''] = /slow-morning-\S+/.exec(await line(/^Edition /)) ?? [];
  const as = (name: string, role: RoleName) =>
    openLocalGameDays({ root: project.root, name, clock: { now: () => Date.now() } }).open(edition, role);
  const [olga, carl, bea] = [as('Olga', 'operator'), as('Carl', 'onCall'), as('Bea', 'observer')];
  const seen = async (isSo: (view: GameDayView) => boolean): Promise<GameDayView> =>
    expect
      .poll(async () => olga.view(), { timeout: 20_000 })
      .toSatisfy(isSo)
      .then(() => olga.view());
  const approve = async (): Promise<void> => {
    const { pending } = await seen((view) => view.pending?.hash !== undefined);
    await carl.act({ do: 'approve', proposal: pending?.id ?? '', hash: pending?.hash ?? '' });
  };

  for (const { item } of (await olga.view()).preBrief) await bea.act({ do: 'check', item, done: true });
  await olga.act({ do: 'propose', proposal: { what: 'go' } });
  await approve();
  await olga.act({ do: 'propose', proposal: { what: 'stage', stage: 1 } });
  await approve();
  await line(/The fault began/);
  await bea.act({ do: 'halt', reason: 'a customer complains' });
  await seen(({ stages }) => stages[0]?.verdict === 'halted');
  expect(journalIn(join(project.root, '.steadfast', 'runs', `${edition}-1-1`))).toMatchObject({
    verdict: 'halted',
    stages: [{ fisStatus: 'stopped', halt: { by: 'person', reason: containing('a customer complains') } }],
    recovery: anything(),
  });

  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect([code, JSON.parse(stdout)]).toEqual([3, anything()]);
  expect(expectDocument('gameday rehearse', stdout)).toMatchObject({
    edition,
    verdict: 'halted',
    stages: [{ status: 'failed', attempts: 1 }],
  });
  expect(project.processes()).toEqual([]);
  expect(existsSync(join(gameDayFolders(project.root), edition, gameDayFiles.control))).toBe(false);
  expect((await olga.record()).entries.at(-1)?.kind).toBe('closed');
});
