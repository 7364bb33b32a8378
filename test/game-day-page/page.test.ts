import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../report/chromium.ts';
import { serve, sit, violations } from './browser.ts';
import { lineMore, type Moment, moments, proposeStage, viewAt } from './views.ts';

let browser: Browser;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), serve()]);
});

afterAll(async () => {
  await browser.close();
  await served.page.stop();
});

const kinds = Object.keys(moments) as Moment[];

describe('a page that everyone can use', () => {
  test('axe finds nothing wrong in any phase, in light and in dark, nor before anybody has joined', async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const link = served.link('observer');
    await tab.goto(link);
    expect(await violations(tab)).toEqual([]);
    await tab.getByLabel('Your name').fill('Ann');
    await tab.keyboard.press('Enter');
    await tab.locator('canvas').first().waitFor();
    for (const moment of kinds) {
      served.live.show(viewAt(moment));
      await tab.getByText(viewAt(moment).now).first().waitFor();
      expect({ moment, found: await violations(tab) }).toEqual({ moment, found: [] });
      await tab.emulateMedia({ colorScheme: 'dark' });
      const found = await violations(tab, ['color-contrast']);
      expect({ moment, found }).toEqual({ moment, found: [] });
      await tab.emulateMedia({ colorScheme: 'light' });
    }
    served.live.show(viewAt('asking'));
    await tab.getByRole('button', { name: 'Approve' }).click();
    expect(await violations(tab)).toEqual([]);
    const other = await browser.newContext({ colorScheme: 'dark' });
    const late = await other.newPage();
    await late.goto(link);
    await late.getByRole('heading', { name: 'This link was used' }).waitFor();
    expect(await violations(late)).toEqual([]);
    await Promise.all([context.close(), other.close()]);
  });

  test('nothing is wider than a small phone, and nothing is read from afar only by scrolling to it', async () => {
    served.live.show(viewAt('running'));
    const { tab } = await sit(browser, served.link('observer'), { viewport: { width: 320, height: 640 } });
    for (const moment of kinds) {
      served.live.show(viewAt(moment));
      await tab.getByText(viewAt(moment).now).first().waitFor();
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(320);
    }
    await tab.context().close();

    served.live.show(viewAt('halted'));
    const shown = await sit(browser, served.link('projector'), { viewport: { width: 1920, height: 1080 } });
    const canvas = shown.tab.locator('canvas').last();
    await canvas.waitFor();
    const box = await canvas.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(1080);
    await shown.tab.context().close();
  });

  test('whoever wants no motion gets none', async () => {
    const { tab } = await sit(browser, served.link('observer'), { reducedMotion: 'reduce' });
    const moving =
      "getComputedStyle(document.querySelector('button')).transitionDuration !== '0s' || document.getAnimations().length > 0";
    expect(await tab.evaluate(moving)).toBe(false);
    await tab.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await tab.evaluate(moving)).toBe(true);
    await tab.context().close();
  });

  test('changes of phase are told to who does not see them, a halt at once, and a running time never', async () => {
    served.live.show(viewAt('pre-brief'));
    const { tab } = await sit(browser, served.link('observer'));
    const said = (id: string) => tab.locator(`#${id}`).textContent();
    served.live.show(viewAt('asking'));
    await tab.getByRole('button', { name: 'Approve' }).waitFor();
    expect(await said('politely')).toBe(
      'The experiment has begun. Waits for approval: stage 1: One of ten payments fails. Stage 1 waits for approval by observer or on call.',
    );
    expect(await said('urgently')).toBe('');
    served.live.show({ ...viewAt('asking'), timeLeftMs: 1_000_000 });
    await tab.getByText('16 min 40 s').waitFor();
    expect(await said('politely')).toContain('The experiment has begun.');
    served.live.show(viewAt('halted'));
    await expect.poll(() => said('urgently')).toBe('Halted. The observer halted it: customers called.');
    await tab.context().close();
  });

  test('a chart can be read as a table and in words, and its own values stay open as they change', async () => {
    served.live.show(viewAt('running'));
    const { tab, complaints, elsewhere } = await sit(browser, served.link('observer'));
    const chart = tab.getByRole('img', {
      name: 'Chart of orders: requests that fail: now 2.4%, before the fault 0%, limit 1%',
    });
    await chart.waitFor();
    await tab.locator('summary').filter({ hasText: 'orders: requests that fail' }).click();
    const table = tab.getByRole('table', { name: 'orders: requests that fail' });
    expect(await table.getByRole('row').last().textContent()).toBe('13:04:592.4%');
    const view = viewAt('running');
    served.live.show({
      ...view,
      aggregates: view.aggregates.map((one) => ({
        ...one,
        series: [...one.series, [Date.parse('2026-03-10T13:05:00Z'), 7]],
      })),
    });
    await table.getByRole('cell', { name: '7%' }).waitFor();
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
    await tab.context().close();
  });
});

describe('keys alone', () => {
  test('are enough to read what is proposed, to think better of it, and to approve it with a note', async () => {
    const before = served.live.acts.length;
    served.live.show(viewAt('asking'));
    const { tab } = await sit(browser, served.link('observer'), { name: 'Bob' });
    const focused = () => tab.evaluate<string>('document.activeElement.textContent.trim()');
    const tabTo = async (text: string): Promise<void> => {
      for (let press = 0; press < 30 && (await focused()) !== text; press += 1)
        await tab.keyboard.press('Tab');
      expect(await focused()).toBe(text);
    };
    await tab.keyboard.press('Tab');
    expect(await focused()).toBe('To what you can do now');
    await tabTo('Approve');
    await tab.keyboard.press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'Approve' });
    await dialog.getByText('Fault: reset 10% of the connections to payments').waitFor();
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused()).toBe('Approve');
    expect(served.live.acts.length).toBe(before);

    served.live.react(() => viewAt('running'));
    await tab.keyboard.press('Enter');
    await tab.keyboard.type('looks right');
    await tab.keyboard.press('Enter');
    await tab.getByText(viewAt('running').now).first().waitFor();
    expect(served.live.acts.slice(before)).toEqual([
      {
        person: { proof: 'link', role: 'observer', claimed: 'Bob' },
        command: { do: 'approve', proposal: 'p2', hash: 'a1b2c3d4e5f6a7b8', note: 'looks right' },
      },
    ]);
    // Its button has gone with what was approved: whoever goes on by keys begins where there is something to do.
    await expect.poll(focused).toBe('What you can do now');
    served.live.react((_person, _command, view) => view);
    await tab.context().close();
  });

  test('a note that is being typed stays while everything around it changes', async () => {
    served.live.show(viewAt('asking'));
    const { tab } = await sit(browser, served.link('scribe'), { name: 'Di' });
    const field = tab.getByLabel('What you saw or did');
    await field.focus();
    await tab.keyboard.type('on-call ');
    served.live.show(lineMore(viewAt('running'), 'Stage 2 began'));
    await tab.getByText('Stage 2 began').waitFor();
    await tab.keyboard.type('paged at 14:03');
    served.live.react((_person, command, view) =>
      command.do === 'note' ? lineMore(view, command.text) : view,
    );
    await tab.keyboard.press('Enter');
    await tab.locator('.timeline').getByText('on-call paged at 14:03').waitFor();
    expect(await field.inputValue()).toBe('');
    served.live.react((_person, _command, view) => view);
    await tab.context().close();
  });

  test('what is refused is told where the button is, and again at the next try', async () => {
    served.live.show({ ...viewAt('pre-brief'), offers: [proposeStage] });
    served.live.refuse('another proposal waits for an answer');
    const { tab } = await sit(browser, served.link('operator'));
    await tab.getByRole('button', { name: 'Propose stage 1' }).press('Enter');
    await tab.getByRole('alert').getByText('another proposal waits for an answer').waitFor();
    served.live.refuse(undefined);
    await tab.getByRole('button', { name: 'Propose stage 1' }).press('Enter');
    await tab.getByText('another proposal waits for an answer').waitFor({ state: 'detached' });
    await tab.context().close();
  });
});
