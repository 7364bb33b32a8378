import { createGameDayApp } from '../../lib/game-day-page/app.ts';
import { createFollowers } from '../../lib/game-day-page/follow.ts';
import { createSeats, type Seat } from '../../lib/game-day-page/seats.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { createFakeLive, createFakeTokens } from './fake-live.ts';
import { startedAtMs } from './views.ts';

const port = 4_711;
export const origin = `http://127.0.0.1:${port}`;

/** What a browser says of a request that its own page sends. */
export const own = { host: `127.0.0.1:${port}`, origin, 'sec-fetch-site': 'same-origin' };

/** Everything that answers, without a server around it. */
export function createTestApp() {
  const live = createFakeLive();
  const clock = createVirtualClock({ startMs: startedAtMs, auto: false });
  const seats = createSeats({ clock, tokens: createFakeTokens() });
  const followers = createFollowers(live, clock);
  const app = createGameDayApp({ live, seats, followers, script: '/* script */', port: () => port });

  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    app.request(`${origin}${path}`, { headers: { host: own.host, ...headers } });

  const post = (path: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
    app.request(`${origin}${path}`, { method: 'POST', body, headers: { ...own, ...headers } });

  const join = (token: string, name: string, headers: Readonly<Record<string, string>> = {}) =>
    post(`/join/${token}`, new URLSearchParams({ name }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });

  /** Takes a seat, as a browser with a new link does. */
  async function sit(seat: Seat, name = 'Ann') {
    const joined = await join(seats.issue(seat).token, name);
    const cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await (await get(`/as/${seat}`, { cookie })).text();
    const csrf = /data-csrf="([^"]+)"/.exec(page)?.[1] ?? '';
    const act = (command: unknown, headers: Readonly<Record<string, string>> = {}) =>
      post(`/as/${seat}/act`, JSON.stringify(command), {
        'content-type': 'application/json',
        'x-csrf-token': csrf,
        cookie,
        ...headers,
      });
    return { cookie, csrf, page, act };
  }

  return { app, live, clock, seats, followers, get, post, join, sit };
}
