import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

/** How a page opened: milliseconds from the click until all of it was loaded and something was painted. */
export interface Opened {
  readonly ms: number;
  readonly elements: number;
}

/** What the browser itself measured, once the page has been painted twice: the first frame after loading, and one that is sure to show it. */
const measure = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const [navigation] = performance.getEntriesByType('navigation');
  const paints = performance.getEntriesByType('paint').map(({ startTime }) => startTime);
  resolve({ ms: Math.max(navigation.loadEventEnd, ...paints), elements: document.querySelectorAll('*').length });
})))`;

/** Opens a file in a browser that has seen nothing of it before, as a reader does. */
export async function openPage(browser: Browser, file: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1_000, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    return await page.evaluate<Opened>(measure);
  } finally {
    await context.close();
  }
}
