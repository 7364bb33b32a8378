import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** A real Chromium that needs no package of the system. Not in a single process: there, closing one page ends them all. */
export const launchChromium = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((flag) => flag !== '--single-process' && flag !== '--disable-web-security'),
    headless: true,
  });
