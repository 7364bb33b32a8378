import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pages as manyRuns } from '../../bench/reports/pages.ts';
import { compareRuns } from '../../lib/report/compare/compare-runs.ts';
import { renderComparison } from '../../lib/report/compare/comparison-page.ts';
import { renderMonth } from '../../lib/report/month/month-page.ts';
import { monthReport } from '../../lib/report/month/month-report.ts';
import { isLong } from '../setup.ts';
import { launchChromium } from './chromium.ts';
import { deviatedJournal, heldJournal } from './journal-fixture.ts';
import { busy, past } from './month/month-past.ts';

const { experiment } = heldJournal();
const pages = {
  comparison: () =>
    renderComparison(
      compareRuns(heldJournal(), { ...deviatedJournal(), experiment, runId: 'later', pace: 1 }),
    ),
  service: () => manyRuns.service(6),
  month: () => renderMonth(monthReport(past(busy))),
};

// A browser on a machine that is busy otherwise takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadfast-reports-'));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

describe.each(Object.entries(pages))('the page of a %s, in a browser', (name, build) => {
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    const file = join(folder, `${name}.html`);
    await writeFile(file, build());
    page = await (await browser.newContext({ viewport: { width: 1_000, height: 800 } })).newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith('data:') && url !== pathToFileURL(file).href) requests.push(url);
    });
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  });

  afterAll(() => page.context().close());

  test('complains of nothing and asks the network for nothing', () => {
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  });

  test.each([320, 1_000])('is never wider than a screen of %d pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
  });

  test('has one first heading, and leaves out no level below it', async () => {
    const levels = await page.evaluate<number[]>(
      "[...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1)))",
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });

  // To look through a page takes seconds: of the three, one is a sample.
  test.runIf(name === 'month' || isLong)(
    'is one that everyone can use, opened, and everyone can read in the dark',
    async () => {
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      const violations = async (builder: AxeBuilder) =>
        (await builder.analyze()).violations.map(({ id, nodes }) => ({
          id,
          where: nodes.map(({ html }) => html),
        }));
      expect(await violations(new AxeBuilder({ page }))).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(new AxeBuilder({ page }).withRules('color-contrast'))).toEqual([]);
    },
  );
});

test('what is out of sight is opened from the keyboard', async () => {
  const page = await browser.newPage();
  await page.setContent(pages.service());
  const closed = page.locator('details:not([open])');
  const before = await closed.count();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await closed.count()).toBe(before - 1);
  await page.close();
});

test('a thousand runs cost a browser little more than ten: what is drawn does not grow with them', async () => {
  const page = await browser.newPage();
  const drawn = async (count: number) => {
    await page.setContent(manyRuns.service(count));
    return page.evaluate<{ shapes: number; rows: number }>(
      `({ shapes: document.querySelectorAll('svg rect').length,
          rows: [...document.querySelectorAll('tr')].filter((row) => row.closest('details:not([open])') === null).length })`,
    );
  };
  const many = await drawn(1_000);
  expect(many.shapes).toBeLessThanOrEqual(2 * 26 * 4 + 4);
  expect(many.rows).toBeLessThan(100);
  await page.close();
});
