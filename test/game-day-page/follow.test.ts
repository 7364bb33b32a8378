import { expect, test } from 'vitest';
import { atLeastEveryMs } from '../../lib/game-day-page/follow.ts';
import type { VirtualClock } from '../fakes/virtual-clock.ts';
import { createTestApp } from './app.ts';
import { viewAt } from './views.ts';

type TestApp = ReturnType<typeof createTestApp>;

/** Reads a stream of views event by event, and no sooner than asked. */
async function follow(app: TestApp, seat: 'observer' | 'projector' = 'observer') {
  const { cookie } = await app.sit(seat);
  const answer = await app.get(`/as/${seat}/views`, { cookie });
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const next = async (): Promise<string | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        return event;
      }
      const read = await reader?.read();
      if (read?.value === undefined) return undefined;
      text += decoder.decode(read.value, { stream: true });
    }
  };
  return { answer, next, close: () => reader?.cancel() };
}

/** What `now` of a view is, in an event. */
const nowIn = (event: string | undefined): string =>
  /"now":"([^"]*)"/.exec(event ?? '')?.[1] ?? `no view: ${event ?? 'the end'}`;

/** Lets what has been woken go to sleep again. */
const settle = (clock: VirtualClock): Promise<void> => clock.advance(0);

test('a stream begins with the view as it is, and follows it', async () => {
  const app = createTestApp();
  const stream = await follow(app);
  expect(stream.answer.headers.get('content-type')).toBe('text/event-stream');
  expect(await stream.next()).toMatch(/^event: view\ndata: \{"edition":"payment-down/);
  app.live.show(viewAt('running'));
  await app.clock.advance(1_000);
  expect(nowIn(await stream.next())).toBe('Stage 2 runs: its fault is under way.');
  await stream.close();
});

test('a view comes every few seconds though nothing happens: it shows that the server is there', async () => {
  const app = createTestApp();
  const stream = await follow(app);
  for (let beat = 0; beat < 3; beat += 1) {
    expect(await stream.next()).toContain('event: view');
    await settle(app.clock);
    await app.clock.advance(atLeastEveryMs);
  }
  await stream.close();
});

test('a slow reader gets the newest view and none of those between, and holds nobody back', async () => {
  const app = createTestApp();
  const slow = await follow(app);
  const quick = await follow(app);
  expect(nowIn(await slow.next())).toContain('The pre-brief goes on');
  expect(nowIn(await quick.next())).toContain('The pre-brief goes on');
  for (let change = 1; change <= 50; change += 1) {
    app.live.show({ ...viewAt('running'), now: `Change ${change}` });
    await app.clock.advance(1_000);
    expect(nowIn(await quick.next())).toBe(`Change ${change}`);
  }
  // What had gone into the pipe before is there still: some views, by no means fifty.
  const seen: string[] = [];
  while (seen.at(-1) !== 'Change 50') {
    seen.push(nowIn(await slow.next()));
    await app.clock.advance(1_000);
  }
  expect(seen.length).toBeLessThan(6);
  await slow.close();
  await quick.close();
});

test('a browser that is closed ends its own stream and nothing else', async () => {
  const app = createTestApp();
  const [gone, stays] = [await follow(app), await follow(app)];
  await gone.next();
  await stays.next();
  expect(app.followers.count()).toBe(2);
  await gone.close();
  await settle(app.clock);
  expect(app.followers.count()).toBe(1);
  app.live.show(viewAt('halted'));
  await app.clock.advance(1_000);
  expect(nowIn(await stays.next())).toContain('Everything was halted');
  await stays.close();
});

test('the end is told to everyone, and nothing is left that listens or sleeps', async () => {
  const app = createTestApp();
  const streams = [await follow(app), await follow(app), await follow(app, 'projector')];
  for (const stream of streams) await stream.next();
  const ended = app.followers.end();
  for (const stream of streams) {
    expect(await stream.next()).toBe('event: ended\ndata: over');
    expect(await stream.next()).toBeUndefined();
  }
  await ended;
  expect(app.live.listeners).toBe(0);
  expect(app.followers.count()).toBe(0);
  expect(app.clock.sleepers).toBe(0);
});

test('the end waits no longer than a moment for a browser that reads no more', async () => {
  const app = createTestApp();
  const stuck = await follow(app);
  app.live.show(viewAt('running'));
  await app.clock.advance(1_000);
  const ended = app.followers.end();
  await app.clock.advance(1_000);
  await ended;
  await stuck.close();
  await settle(app.clock);
  expect(app.clock.sleepers).toBe(0);
});

test('there is a view only for who has joined', async () => {
  const { get } = createTestApp();
  expect((await get('/as/observer/views')).status).toBe(401);
});
