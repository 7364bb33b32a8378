import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { renderRetro } from '../../../lib/report/game-day/retro-page.ts';
import { retroOf } from '../../fakes/game-day-retro.ts';
import { launchChromium } from '../chromium.ts';

// A browser on a machine that is busy otherwise takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
let folder: string;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadfast-retro-'));
  browser = await launchChromium();
  const file = join(folder, 'retro.html');
  await writeFile(file, renderRetro(retroOf()));
  const context = await browser.newContext({ viewport: { width: 1_000, height: 800 } });
  page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href);
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

it('shows what broke, what is to be done and each difference, and nothing noted as markup', async () => {
  const text = (await page.locator('main').textContent()) ?? '';
  for (const said of [
    'did not hold',
    'stage 1, alert queue-depth: did not fire within 1 min 30 s',
    'no owner yet',
    'different',
    'missing',
    'unexpected',
    'Changes in the account are known until',
    'Actions <b>at</b> once',
    'learnt of later',
  ])
    expect(text.toLowerCase()).toContain(said.toLowerCase());
  expect(await page.locator('b').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('can be read by everybody, in light and in dark, and fits a phone', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
});
