import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

/** Takes a picture of the top of a page: `node scripts/screenshot.ts <report.html> <out.png> [width] [height] [dark]`. */
const [page, out, width = '1000', height = '1240', scheme = 'light'] = process.argv.slice(2);

if (
  page === undefined ||
  out === undefined ||
  !['light', 'dark'].includes(scheme) ||
  !(Number(width) > 0 && Number(height) > 0)
) {
  process.stderr.write('usage: node scripts/screenshot.ts <report.html> <out.png> [width] [height] [dark]\n');
  process.exit(64);
}

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: true,
});
try {
  const tab = await browser.newPage({
    viewport: { width: Number(width), height: Number(height) },
    colorScheme: scheme === 'dark' ? 'dark' : 'light',
  });
  await tab.goto(pathToFileURL(resolve(page)).href);
  await tab.screenshot({ path: out });
} finally {
  await browser.close();
}
