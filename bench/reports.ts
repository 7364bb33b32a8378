import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../test/report/chromium.ts';
import { type Benchmark, median, rounded } from './benchmark.ts';
import { openPage } from './reports/open-page.ts';
import { type PageName, pages } from './reports/pages.ts';

const many = 1_000;
const few = 10;
/** Odd, so that the median is one of them; the first of each is not counted. */
const times = 9;

/** How soon pages of a thousand runs open in a browser, against the same pages of ten in the same browser, in turn. */
export const reports: Benchmark = {
  name: 'reports',
  title: 'how soon the page of a thousand runs opens, against one of ten',
  run: async (tell) => {
    const folder = await mkdtemp(join(tmpdir(), 'steadfast-bench-reports-'));
    const browser = await launchChromium();
    try {
      const measured = [];
      for (const name of ['service', 'month'] as const)
        measured.push(await measurePage(browser, folder, name, tell));
      return {
        runs: many,
        openMs: Math.max(...measured.map(({ openMs }) => openMs)),
        slowestMs: Math.max(...measured.map(({ slowestMs }) => slowestMs)),
        pages: measured,
      };
    } finally {
      await browser.close();
      await rm(folder, { recursive: true });
    }
  },
};

async function measurePage(browser: Browser, folder: string, name: PageName, tell: (text: string) => void) {
  const startedMs = performance.now();
  const text = pages[name](many);
  const renderMs = performance.now() - startedMs;
  const [large, small] = [join(folder, `${name}-many.html`), join(folder, `${name}-few.html`)];
  await writeFile(large, text);
  await writeFile(small, pages[name](few));
  const [opens, smallOpens]: [number[], number[]] = [[], []];
  let elements = 0;
  for (let time = 0; time <= times; time += 1) {
    const opened = await openPage(browser, large);
    const openedSmall = await openPage(browser, small);
    elements = opened.elements;
    if (time === 0) continue;
    opens.push(opened.ms);
    smallOpens.push(openedSmall.ms);
    tell(`${name}, ${time} of ${times}: ${rounded(opened.ms)} ms`);
  }
  return {
    page: name,
    openMs: rounded(median(opens)),
    slowestMs: rounded(Math.max(...opens)),
    openOfTenMs: rounded(median(smallOpens)),
    ratioToTen: rounded(median(opens) / median(smallOpens), 2),
    renderMs: rounded(renderMs),
    kilobytes: Math.round(Buffer.byteLength(text) / 1_000),
    elements,
  };
}
