import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { verdicts } from '../../lib/experiment/verdict.ts';
import { drawChart, sizes } from '../../lib/report/chart.ts';
import { renderReport } from '../../lib/report/report.ts';
import type { Journal } from '../../lib/run/journal.ts';
import { launchChromium } from './chromium.ts';
import {
  deviatedJournal,
  haltedJournal,
  heldJournal,
  rejectedJournal,
  unrecoveredJournal,
} from './journal-fixture.ts';

const journals = {
  held: heldJournal,
  deviated: deviatedJournal,
  halted: haltedJournal,
  rejected: rejectedJournal,
  unrecovered: unrecoveredJournal,
};

// A browser on a machine that is busy otherwise takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steadfast-report-'));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** What the page wrote to the console, and what it threw. */
  readonly complaints: readonly string[];
  /** All it asked for besides itself. */
  readonly requests: readonly string[];
}

interface Screen {
  readonly width: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** Opens a report from a file, as a reader does. */
async function open(journal: Journal, { width, colorScheme = 'light' }: Screen) {
  const file = join(folder, `${randomUUID()}.html`);
  await writeFile(file, renderReport(journal));
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && url !== pathToFileURL(file).href) requests.push(url);
  });
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  const opened: Opened = { page, complaints, requests };
  return { opened, close: () => context.close() };
}

/** Opens a report, and closes it after `look`. */
async function withReport(
  journal: Journal,
  screen: Screen,
  look: (opened: Opened) => Promise<void>,
): Promise<void> {
  const { opened, close } = await open(journal, screen);
  try {
    await look(opened);
  } finally {
    await close();
  }
}

describe.each(Object.entries(journals))('the report of a run that is %s, in a browser', (_name, build) => {
  let opened: Opened;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ opened, close } = await open(build(), { width: 1_000 }));
  });

  afterAll(() => close());

  test('complains of nothing and asks the network for nothing', () => {
    expect(opened.complaints).toEqual([]);
    expect(opened.requests).toEqual([]);
  });

  test.each([320, 360, 1_000])('is never wider than a screen of %d pixels', async (width) => {
    await opened.page.setViewportSize({ width, height: 800 });
    expect(await opened.page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
  });

  test('has one first heading, and leaves out no level below it', async () => {
    const tags = await opened.page.evaluate<string[]>(
      "[...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => tagName)",
    );
    const levels = tags.map((tag) => Number(tag.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries())
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });
});

/** What axe-core finds, with where it finds it. */
const violations = async (builder: AxeBuilder) =>
  (await builder.analyze()).violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map((node) => node.html),
  }));

test.each([
  { name: 'held', colorScheme: 'light', width: 1_000 },
  { name: 'held', colorScheme: 'dark', width: 1_000 },
  { name: 'deviated', colorScheme: 'light', width: 1_000 },
  { name: 'deviated', colorScheme: 'dark', width: 360 },
  { name: 'rejected', colorScheme: 'light', width: 1_000 },
  { name: 'unrecovered', colorScheme: 'light', width: 1_000 },
  { name: 'unrecovered', colorScheme: 'dark', width: 360 },
] as const)(
  'everyone can use the report of a run that is $name ($colorScheme, $width px)',
  ({ name, ...options }) =>
    withReport(journals[name](), options, async ({ page }) => {
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await violations(new AxeBuilder({ page }))).toEqual([]);
    }),
);

test.each(verdicts)('everyone can read the banner of %s, light and dark', (verdict) =>
  withReport({ ...rejectedJournal(), verdict }, { width: 1_000 }, async ({ page }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(
        await violations(new AxeBuilder({ page }).include('.banner').withRules('color-contrast')),
      ).toEqual([]);
    }
  }),
);

test('a phone shows the narrow drawings, a desk and paper the wide ones', () =>
  withReport(heldJournal(), { width: 360 }, async ({ page }) => {
    const visible = async () => ({
      narrow: await page.locator('svg.narrow').first().isVisible(),
      wide: await page.locator('svg.wide').first().isVisible(),
    });
    expect(await visible()).toEqual({ narrow: true, wide: false });
    await page.setViewportSize({ width: 1_000, height: 800 });
    expect(await visible()).toEqual({ narrow: false, wide: true });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ media: 'print' });
    expect(await visible()).toEqual({ narrow: false, wide: true });
  }));

test('the dark page is dark, and paper is always white', () =>
  withReport(heldJournal(), { width: 1_000, colorScheme: 'dark' }, async ({ page }) => {
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).toBe('rgb(14, 18, 22)');
    await page.emulateMedia({ media: 'print' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
  }));

test.each(sizes)('shows the whole of the labels of its value axis, however long: $name', (size) =>
  withReport(heldJournal(), { width: 1_000 }, async ({ page }) => {
    const chart = drawChart(
      {
        id: 'long',
        title: 'Count',
        heading: 'Count',
        description: 'how many items there were',
        series: [],
        limits: [],
        spans: [],
        gaps: [],
        halts: [],
        originMs: 0,
        startMs: 0,
        endMs: 10_000,
        low: 0,
        high: 1_000,
        format: (value) => `${value} items`,
      },
      size,
    );
    // Alone on the page, in its own size: the style sheet hides the one that a screen of this width does not need.
    await page.evaluate(
      `document.body.innerHTML = ${JSON.stringify(`<div style="width:${size.width}px">${chart.markup}</div>`)};
       document.querySelector('svg').style.display = 'block';`,
    );
    const cutOff = await page.evaluate<number>(
      `(() => { const box = document.querySelector('svg').getBoundingClientRect();
        return Math.max(...[...document.querySelectorAll('.axis text')].map((one) => box.left - one.getBoundingClientRect().left)); })()`,
    );
    expect(cutOff).toBeLessThanOrEqual(0);
  }),
);
