import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { randomTokens } from '../../lib/game-day-page/random-tokens.ts';
import type { Seat } from '../../lib/game-day-page/seats.ts';
import { openGameDayPage } from '../../lib/game-day-page/start-game-day-page.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { createFakeLive } from './fake-live.ts';

export interface Seated {
  readonly tab: Page;
  /** What the page wrote to the console, and what it threw. */
  readonly complaints: readonly string[];
  /** Where else it asked for something. */
  readonly elsewhere: readonly string[];
}

/** Opens a link and joins, in a browser of its own. */
export async function sit(
  browser: Browser,
  link: string,
  { name = 'Ann', ...options }: BrowserContextOptions & { readonly name?: string } = {},
): Promise<Seated> {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(link).origin) elsewhere.push(request.url());
  });
  await tab.goto(link);
  const field = tab.getByLabel('Your name');
  if ((await field.count()) > 0) await field.fill(name);
  await tab.getByRole('button').click();
  await tab.waitForURL('**/as/*');
  // Buttons are made to work by the script, once its first view has come.
  if (!tab.url().endsWith('/projector')) await tab.locator('#page button:enabled').first().waitFor();
  return { tab, complaints, elsewhere };
}

/** A page that a fake edition stands behind, on a real socket. */
export async function serve() {
  const live = createFakeLive();
  const { page, server } = await openGameDayPage(live, { clock: systemClock, tokens: randomTokens });
  const link = (seat: Seat): string => page.newLink(seat);
  const port = Number(new URL(page.url).port);
  return {
    live,
    page,
    link,
    /** The server goes away, with every connection. */
    drop: async (): Promise<void> => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    /** And is back under the same address. */
    back: (): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
  };
}

/** What axe-core finds wrong: each rule with where. */
export async function violations(tab: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page: tab });
  const { violations: found } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
