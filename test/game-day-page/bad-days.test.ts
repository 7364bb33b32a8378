import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../report/chromium.ts';
import { serve, sit } from './browser.ts';
import { lineMore, viewAt } from './views.ts';

let browser: Browser;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), serve()]);
});

afterAll(async () => {
  await browser.close();
  await served.page.stop();
});

describe('a connection that is lost', () => {
  test('is told, does nothing in secret, and comes back with nothing lost and nothing twice', async () => {
    let view = lineMore(viewAt('running'), 'before it was lost');
    served.live.show(view);
    const { tab } = await sit(browser, served.link('operator'));
    const lines = () => tab.locator('.timeline li > span').allTextContents();
    await tab.getByText('before it was lost').waitFor();
    const acts = served.live.acts.length;
    await served.drop();
    const told = tab
      .getByRole('alert')
      .filter({ hasText: /^Connection lost since \d\d:\d\d:\d\d, trying again/ });
    await told.waitFor();
    await tab.getByRole('button', { name: 'Pause' }).click();
    await tab.getByText('The server could not be reached, so nothing was done.').waitFor();
    expect(served.live.acts.length).toBe(acts);

    for (const text of ['one', 'two', 'three']) {
      view = lineMore(view, text);
      served.live.show(view);
    }
    await served.back();
    await tab.locator('.timeline').getByText('three').waitFor();
    expect((await lines()).slice(0, 4)).toEqual([
      'three Ann',
      'two Ann',
      'one Ann',
      'before it was lost Ann',
    ]);
    expect(await lines()).toHaveLength(view.timeline.length);
    expect(await tab.locator('#connection').textContent()).toBe('');
    expect(await tab.locator('#politely').textContent()).toContain('The connection is back.');
    await tab.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => served.live.acts.length).toBe(acts + 1);
    await tab.context().close();
  });
});

describe('what others try', () => {
  test('a note with markup in it is text on every page that was open, and on every one that is opened', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>&lt;b&gt;';
    const { tab, complaints } = await sit(browser, served.link('observer'), { name: hostile.slice(0, 80) });
    served.live.show(lineMore(viewAt('running'), hostile));
    const line = tab.locator('.timeline li > span').first();
    await expect.poll(() => line.textContent()).toBe(`${hostile} Ann`);
    await tab.reload();
    await tab.locator('#page button:enabled').first().waitFor();
    expect(await line.textContent()).toBe(`${hostile} Ann`);
    expect(await tab.locator('main img, main script').count()).toBe(0);
    expect(await tab.title()).toBe('The payment service goes down – Steadfast');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  test('a page of another port of this machine halts nothing, and reads nothing', async () => {
    served.live.show(viewAt('running'));
    const acts = served.live.acts.length;
    const { tab } = await sit(browser, served.link('operator'));
    const elsewhere = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<title>elsewhere</title>');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as AddressInfo;
    // The same browser, so that its cookie goes with what is sent: other ports are the same site.
    const other = await tab.context().newPage();
    await other.goto(`http://127.0.0.1:${port}/`);
    const answers = await other.evaluate(async (base) => {
      const tried = async (path: string, options: RequestInit): Promise<string> => {
        const answer = await fetch(`${base}${path}`, { credentials: 'include', ...options }).catch(
          () => undefined,
        );
        return answer === undefined ? 'unreadable' : `${answer.type} ${answer.status}`;
      };
      const body = '{"do":"halt"}';
      return [
        await tried('/as/operator', {}),
        await tried('/as/operator/act', { method: 'POST', body, mode: 'no-cors' }),
        await tried('/as/operator/act', {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', 'x-csrf-token': 'guess' },
        }),
      ];
    }, served.page.url);
    expect(answers[0]).toBe('unreadable');
    expect(answers[2]).toBe('unreadable');
    const form = `<form method="post" enctype="text/plain" action="${served.page.url}/as/operator/act"><button>Win</button></form>`;
    await other.setContent(form);
    await other.getByRole('button').click();
    await other.getByText('Another page sent this.').waitFor();
    expect(served.live.acts.length).toBe(acts);
    await tab.context().close();
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  test('a link that was used lets nobody else in', async () => {
    const link = served.link('onCall');
    const { tab } = await sit(browser, link, { name: 'Cy' });
    const context = await browser.newContext();
    const late = await context.newPage();
    await late.goto(link);
    await late.getByText(/^Cy used it at \d\d:\d\d:\d\d \(Europe\/Dublin\) to join as on call\./).waitFor();
    expect(await late.getByRole('button').count()).toBe(0);
    await tab.goto(link);
    await tab.waitForURL('**/as/onCall');
    await Promise.all([context.close(), tab.context().close()]);
  });

  test('the end of a rehearsal is told, and its buttons do nothing more', async () => {
    const ending = await serve();
    const { tab } = await sit(browser, ending.link('observer'));
    await ending.page.stop();
    await tab.getByText('The rehearsal has ended. What you see is how it was at its end.').waitFor();
    expect(await tab.locator('#page button:enabled').count()).toBe(0);
    await tab.context().close();
  });
});
