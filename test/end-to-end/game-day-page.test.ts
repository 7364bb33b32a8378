import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntryKind, EntryOf } from '../../lib/game-day/entry.ts';
import { violations } from '../game-day-page/browser.ts';
import { launchChromium } from '../report/chromium.ts';
import { rehearsed, somebody } from './game-day-page.ts';

let browser: Browser;
let gameDay: Awaited<ReturnType<typeof rehearsed>>;

beforeAll(async () => {
  [browser, gameDay] = await Promise.all([launchChromium(), rehearsed('payment-down')]);
});

afterAll(async () => {
  await gameDay.stop();
  await browser.close();
});

const entriesOf = <K extends EntryKind>(kind: K): readonly EntryOf<K>[] =>
  gameDay.live.entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);

test('a payment that goes down is practised whole through the page: a halt by an observer, a second attempt, and an end', {
  timeout: 240_000,
}, async () => {
  const { live, page } = gameDay;
  const screen = { viewport: { width: 1920, height: 1080 } } as const;
  const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
  const [operator, observer, onCall, scribe, projector] = await Promise.all([
    somebody(browser, page.links, 'operator', { name: 'Olga' }),
    somebody(browser, page.links, 'observer', { name: 'Omar', ...phone }),
    somebody(browser, page.links, 'onCall', { name: 'Cleo' }),
    somebody(browser, page.links, 'scribe', { name: 'Sam' }),
    somebody(browser, page.links, 'projector', screen),
  ]);

  // The pre-brief, item by item.
  await projector.picture('1-pre-brief');
  for (const text of Object.values(live.input.preBrief)) await operator.press(`Seen to ${text}`);
  await operator.press('Propose go');
  await onCall.press('Approve that the experiment begins', 'everybody is here');
  await projector.reads('can be proposed');

  // The first stage holds.
  await operator.press('Propose stage 1');
  await observer.tab.getByRole('button', { name: 'Approve stage 1' }).waitFor();
  await observer.picture('2-stage-1-waits-for-approval');
  await observer.press('Approve stage 1');
  await operator.seesStage(1, 'Held');

  // The second is halted by somebody who has seen enough, while its fault is under way.
  await operator.press('Propose stage 2');
  await onCall.press('Approve stage 2');
  await projector.tab.locator('.timeline').getByText('fault').first().waitFor();
  await expect
    .poll(() => live.view('observer').faultSpans?.at(-1), { timeout: 60_000 })
    .toEqual({ beganAt: expect.any(String) as string });
  await projector.picture('3-fault-under-way');
  await observer.press('Halt everything', 'customers <b>call</b>');
  await operator.seesStage(2, 'Did not hold');
  await projector.picture('4-halted');
  expect(await projector.tab.getByText('customers <b>call</b>').count()).toBeGreaterThan(0);

  // Nothing goes on before another go; then the same stage holds at its second attempt.
  expect(await operator.tab.getByRole('button', { name: 'Propose stage 2' }).count()).toBe(0);
  await operator.press('Propose to go on');
  await onCall.press('Approve that the experiment begins');
  await operator.press('Propose stage 2');
  await observer.press('Approve stage 2');
  await operator.seesStage(2, 'Runs, attempt 2');
  await scribe.tab.getByLabel('What happened').fill('on-call paged');
  await scribe.press('Note');
  await operator.seesStage(2, 'Held, attempt 2');

  // The last one; with it the experiment ends by itself.
  await operator.press('Propose stage 3');
  await observer.press('Approve stage 3');
  await operator.seesStage(3, 'Held');
  await projector.picture('5-all-held');
  await operator.reads('The retrospective');
  await operator.picture('6-retrospective');
  expect(await violations(operator.tab)).toEqual([]);
  await operator.press('Close the game day');
  await live.ended;
  await page.stop();
  await scribe.tab.getByText('The rehearsal has ended.').waitFor();
  await scribe.picture('7-ended');

  expect(entriesOf('ended').map(({ stage, verdict }) => [stage, verdict])).toEqual([
    [1, 'held'],
    [2, 'halted'],
    [2, 'held'],
    [3, 'held'],
  ]);
  expect(entriesOf('halted').map(({ by, reason }) => ({ by, reason }))).toEqual([
    { by: { proof: 'link', role: 'observer', claimed: 'Omar' }, reason: 'customers <b>call</b>' },
  ]);
  // Everything that ran was approved by somebody other than whoever proposed it.
  expect(entriesOf('proposed').map(({ by }) => 'role' in by && by.role)).toEqual(Array(6).fill('operator'));
  expect(entriesOf('approved').map(({ by }) => 'role' in by && by.role)).toEqual([
    'onCall',
    'observer',
    'onCall',
    'onCall',
    'observer',
    'observer',
  ]);
  expect(entriesOf('note').map(({ text }) => text)).toEqual(['on-call paged']);
  expect(entriesOf('denied')).toEqual([]);
});
