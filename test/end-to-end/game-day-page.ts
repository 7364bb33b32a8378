import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadProject } from '../../lib/definitions/project.ts';
import { editionId } from '../../lib/game-day/edition.ts';
import { randomTokens } from '../../lib/game-day-page/random-tokens.ts';
import type { Seat } from '../../lib/game-day-page/seats.ts';
import { startGameDayPage } from '../../lib/game-day-page/start-game-day-page.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { rehearseGameDay } from '../../lib/rehearsal/game-day/rehearse-game-day.ts';
import { sit } from '../game-day-page/browser.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** Where the pictures of a rehearsed game day are kept; no part of the repository. */
const pictures = join(root, 'test-artefacts', 'game-day');

function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`the repository has no ${what}`);
  return found;
}

/** Rehearses a game day of the repository in its lab, and serves its page. */
export async function rehearsed(id: string) {
  const project = await loadProject(root);
  const gameDay = known(
    project.gameDays.find((one) => one.id === id),
    id,
  );
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-game-day-'));
  await mkdir(pictures, { recursive: true });
  const told: string[] = [];
  const live = await rehearseGameDay({
    gameDay,
    lab: known(
      project.labs.find((lab) => lab.id === gameDay.parsed.lab),
      'such lab',
    ),
    experiments: project.experiments,
    edition: editionId(id, systemClock.now(), randomUUID()),
    folder: join(folder, 'edition'),
    folderOfRun: (runId) => join(folder, 'runs', runId),
    seed: 8,
    clock: systemClock,
    signal: new AbortController().signal,
    tell: (text) => told.push(text),
  });
  const page = await startGameDayPage(live, { clock: systemClock, tokens: randomTokens });
  return {
    live,
    page,
    told,
    stop: async () => {
      await live.stop('the test has ended');
      await page.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody before the page: they see what is on it, and press what stands there. */
export interface Somebody {
  readonly tab: Page;
  /** Waits until a button is there, presses it, and confirms where that is asked; `text` is what they add. */
  press(name: string | RegExp, text?: string): Promise<void>;
  /** Waits until the sentence that says what goes on is this. */
  reads(now: string | RegExp): Promise<void>;
  /** Waits until a stage stands there as this. */
  seesStage(number: number, status: string): Promise<void>;
  picture(name: string): Promise<void>;
}

/** Lets somebody join by a link, each in a browser of their own. */
export async function somebody(
  browser: Browser,
  links: Readonly<Record<Seat, string>>,
  seat: Seat,
  options: Parameters<typeof sit>[2] = {},
): Promise<Somebody> {
  const { tab } = await sit(browser, links[seat], options);
  return {
    tab,
    async press(name, text = '') {
      await tab.locator('#page').getByRole('button', { name }).first().click();
      const dialog = tab.getByRole('dialog');
      if (await dialog.isVisible()) {
        const field = dialog.getByRole('textbox');
        if ((await field.count()) > 0) await field.fill(text);
        await dialog.locator('button[type=submit]').click();
      }
    },
    reads: (now) => tab.locator('.sentence').filter({ hasText: now }).waitFor({ timeout: 60_000 }),
    async seesStage(number, status) {
      const stage = tab.locator(`.stage:nth-child(${number})`);
      const seen = stage.locator('.status').filter({ hasText: status });
      const other = stage
        .locator('.status')
        .filter({ hasText: status.startsWith('Held') ? /^Did not hold/ : /^Held/ });
      await seen.or(other).first().waitFor({ timeout: 60_000 });
      // On a machine that is busy otherwise a verdict may be another one: then what it says is what one wants to know.
      if ((await seen.count()) === 0) throw new Error(`stage ${number}: ${await stage.textContent()}`);
    },
    picture: async (name) => {
      await tab.screenshot({ path: join(pictures, `${name}.png`) });
    },
  };
}
