import { appendFile, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLocalGameDays } from '../../../lib/cli/game-day/local-client.ts';
import { readControlFile } from '../../../lib/rehearsal/game-day/control/control-file.ts';
import { startGameDayControl } from '../../../lib/rehearsal/game-day/control/start-control.ts';
import { gameDayFiles, gameDayFolders } from '../../../lib/rehearsal/game-day/files.ts';
import { withFields } from '../../fakes/matching.ts';
import { createHeldWorld, edition } from '../../rehearsal/game-day/held-world.ts';

/** An edition that goes on, in a project of its own, that another terminal may reach. */
async function createProject() {
  const { live, folder } = await createHeldWorld();
  const root = dirname(folder);
  await mkdir(dirname(gameDayFolders(root)), { recursive: true });
  await symlink(root, gameDayFolders(root));
  const control = await startGameDayControl(live, { folder });
  onTestFinished(() => control.stop());
  const place = (name?: string) => openLocalGameDays({ root, name, clock: { now: () => Date.now() } });
  return { live, folder, control, place };
}

it('another terminal sees the edition that is open, and acts in it in a role and by a name', async () => {
  const { live, place } = await createProject();
  const [open, ...others] = await place().editions();
  expect([open, others]).toEqual([withFields({ edition, gameDay: 'payment-outage' }), []]);
  expect(open?.closedAt).toBeUndefined();
  const scribe = place('Sue').open(edition, 'scribe');
  await scribe.act({ do: 'check', item: 'roles', done: true });
  expect((await scribe.view()).preBrief).toEqual(live.view('scribe').preBrief);
  expect(live.entries.at(-1)?.by).toEqual({ proof: 'link', role: 'scribe', claimed: 'Sue' });
  expect(await scribe.record()).toEqual({ input: live.input, entries: live.entries });
});

it('says why something was refused, and asks for the role of whoever acts', async () => {
  const { place } = await createProject();
  await expect(
    place('Bea')
      .open(edition, 'observer')
      .act({ do: 'propose', proposal: { what: 'go' } }),
  ).rejects.toThrow('only somebody in the role operator proposes');
  await expect(place().open(edition, undefined).act({ do: 'pause' })).rejects.toThrow('in which role');
});

it('lets nobody in who cannot read the secret, no page of a browser, and nothing under another name', async () => {
  const { folder, live } = await createProject();
  expect((await stat(join(folder, gameDayFiles.control))).mode & 0o777).toBe(0o600);
  const { url = '', token = '' } = (await readControlFile(folder)) ?? {};
  const halt = JSON.stringify({ role: 'operator', name: 'Eve', command: { do: 'halt' } });
  const authorization = `Bearer ${token}`;
  const ask = (headers: Record<string, string>, body = halt): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}/acts`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end(body);
    });
  expect(
    await Promise.all([
      ask({}),
      ask({ authorization: 'Bearer guessed' }),
      ask({ authorization, origin: 'https://elsewhere.example' }),
      ask({ authorization, 'sec-fetch-site': 'same-site' }),
      ask({ authorization, host: 'elsewhere.example' }),
      ask({ authorization }, '{"role":"operator"'),
      ask({ authorization }, ' '.repeat(70_000)),
    ]),
  ).toEqual([401, 401, 403, 403, 403, 400, 413]);
  expect(live.entries.map(({ kind }) => kind)).toEqual(['began']);
});

it('tells of an edition whose command died that nothing of it goes on, and takes nothing more', async () => {
  const { folder, control, place } = await createProject();
  const left = await readFile(join(folder, gameDayFiles.control), 'utf8');
  await control.stop();
  // What a killed command leaves behind: its address, and half a line.
  await appendFile(join(folder, gameDayFiles.control), left);
  await appendFile(join(folder, gameDayFiles.log), '{"number":2,');
  const client = place('Olga').open(edition, 'operator');
  const view = await client.view();
  expect(view.now).toMatch(/^Its rehearsal died before it was closed.*cut off/);
  expect(view.offers).toEqual([]);
  expect((await place().editions())[0]?.closedAt).toBeDefined();
  await expect(client.act({ do: 'halt' })).rejects.toThrow('has ended: nothing can be done');
  await expect(place().open('other-20261201-180000-4fzk', undefined).view()).rejects.toThrow(
    "no game day 'other-20261201-180000-4fzk' was rehearsed here",
  );
});
