import { expect, test } from 'vitest';
import { matching } from '../fakes/matching.ts';
import { createTestApp, origin, own } from './app.ts';

const note = { do: 'note', text: 'on-call paged at 14:03' };

test('a link shows who may join, and is not used by being looked at', async () => {
  const { seats, get, join } = createTestApp();
  const { token } = seats.issue('observer');
  for (let look = 0; look < 3; look += 1) expect((await get(`/join/${token}`)).status).toBe(200);
  expect(await (await get(`/join/${token}`)).text()).toContain('Join as observer');

  const joined = await join(token, ' Bob ');
  expect(joined.status).toBe(303);
  expect(joined.headers.get('location')).toBe('/as/observer');
  expect(joined.headers.get('set-cookie')).toBe(
    'steadfast-4711-observer=token-2; Path=/; HttpOnly; SameSite=Strict',
  );
});

test('a link that was used says so, by whom, when, and how to get another', async () => {
  const { seats, get, join } = createTestApp();
  const { token } = seats.issue('observer');
  await join(token, 'Bob <b>');
  for (const answer of [await get(`/join/${token}`), await join(token, 'Eve')]) {
    expect(answer.status).toBe(410);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const text = await answer.text();
    expect(text).toContain('Bob &lt;b&gt; used it at 13:00:00 (Europe/Dublin) to join as observer.');
    expect(text).toContain('The operator can make a new one');
  }
});

test('of two browsers that use a link at once, one gets in', async () => {
  const { seats, join } = createTestApp();
  const { token } = seats.issue('onCall');
  const answers = await Promise.all([join(token, 'Cy'), join(token, 'Di')]);
  expect(answers.map(({ status }) => status)).toEqual([303, 410]);
});

test('the browser that used a link finds its way back by it', async () => {
  const { seats, get, join, sit } = createTestApp();
  const { token } = seats.issue('scribe');
  const cookie = (await join(token, 'Di')).headers.get('set-cookie')?.split(';')[0] ?? '';
  expect((await get(`/join/${token}`, { cookie })).headers.get('location')).toBe('/as/scribe');
  const other = await sit('scribe');
  expect((await get(`/join/${token}`, { cookie: other.cookie })).status).toBe(410);
});

test('an old link leads nowhere, nor does one that nobody made', async () => {
  const { seats, clock, get, join } = createTestApp();
  const { token } = seats.issue('observer');
  await clock.advance(12 * 3_600_000 - 1);
  expect((await get(`/join/${token}`)).status).toBe(200);
  await clock.advance(1);
  expect(await (await join(token, 'Bob')).text()).toContain('This link is too old');
  expect((await join('no-token', 'Bob')).status).toBe(410);
});

test.each(['', '   ', 'x'.repeat(81)])(
  'a name is needed, and no longer than the timeline has room for: %j',
  async (name) => {
    const { seats, get, join } = createTestApp();
    const { token } = seats.issue('observer');
    const answer = await join(token, name);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('aria-invalid="true"');
    expect((await get(`/join/${token}`)).status).toBe(200);
  },
);

test('who joined acts in their role, under the name that they typed', async () => {
  const { live, sit } = createTestApp();
  const { act } = await sit('scribe', 'Di');
  expect(await (await act(note)).json()).toEqual({});
  expect(live.acts).toEqual([{ person: { proof: 'link', role: 'scribe', claimed: 'Di' }, command: note }]);
});

test('what is refused is answered with why', async () => {
  const { live, sit } = createTestApp();
  live.refuse('whoever proposed it may not approve it');
  const { act } = await sit('operator');
  expect(await (await act({ do: 'approve', proposal: 'p1', hash: 'h' })).json()).toEqual({
    refused: 'whoever proposed it may not approve it',
  });
});

test.each([
  ['nothing that people do', { do: 'delete' }],
  ['a note without a text', { do: 'note', text: ' ' }],
  ['no JSON object', 'halt'],
])('%s is refused', async (_name, command) => {
  const { live, sit } = createTestApp();
  const { act } = await sit('operator');
  const answer = await act(command);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ refused: matching(/^This is nothing that can be done here/) });
  expect(live.acts).toEqual([]);
});

test.each([
  ['without a session', { cookie: '' }, 401],
  ['with the session of nobody', { cookie: 'steadfast-4711-operator=guess' }, 401],
  ['without what the page knows', { 'x-csrf-token': '' }, 403],
  ['with what another page knows', { 'x-csrf-token': 'guess' }, 403],
  ['from another origin', { origin: 'http://elsewhere.example' }, 403],
  [
    'from another port of this machine',
    { origin: 'http://127.0.0.1:9999', 'sec-fetch-site': 'same-site' },
    403,
  ],
  ['from a page that hides its origin', { origin: 'null' }, 403],
  ['from a site whose origin was made up', { 'sec-fetch-site': 'cross-site' }, 403],
  ['for another host', { host: 'rebound.example:4711' }, 403],
  ['for another port', { host: '127.0.0.1:80' }, 403],
  ['as a form', { 'content-type': 'text/plain' }, 415],
])('nothing is done for a request %s', async (_name, headers, status) => {
  const { live, sit } = createTestApp();
  const { act } = await sit('operator');
  expect((await act({ do: 'halt' }, headers)).status).toBe(status);
  expect(live.acts).toEqual([]);
});

test('a session is of one role: it neither reads nor acts in another', async () => {
  const { sit, get, post } = createTestApp();
  const { cookie, csrf } = await sit('observer');
  expect((await get('/as/operator', { cookie })).status).toBe(401);
  const renamed = cookie.replace('observer', 'operator');
  expect((await get('/as/operator', { cookie: renamed })).status).toBe(401);
  const headers = { cookie: renamed, 'content-type': 'application/json', 'x-csrf-token': csrf };
  expect((await post('/as/operator/act', '{"do":"halt"}', headers)).status).toBe(401);
  expect((await get('/as/nobody', { cookie })).status).toBe(401);
});

test('a link is used by no other page: it would give its own visitor the role', async () => {
  const { seats, get, join } = createTestApp();
  const { token } = seats.issue('operator');
  expect((await join(token, 'Eve', { origin: 'http://elsewhere.example' })).status).toBe(403);
  expect((await join(token, 'Eve', { origin: '' })).status).toBe(403);
  expect((await get(`/join/${token}`)).status).toBe(200);
});

test('other sites may lead here, and neither frame nor read it', async () => {
  const { sit, get } = createTestApp();
  const { cookie } = await sit('observer');
  const visit = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  expect((await get('/as/observer', { cookie, ...visit })).status).toBe(200);
  expect((await get('/as/observer', { cookie, ...visit, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  const read = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
  expect((await get('/page.js', read)).status).toBe(403);
  expect((await get('/as/observer', { cookie, host: 'rebound.example:4711' })).status).toBe(403);
});

test('the projector sees, and does nothing', async () => {
  const { live, sit } = createTestApp();
  const { page, act } = await sit('projector', '');
  expect(page).toContain('For everyone in the room');
  expect(page).not.toContain('<button');
  expect((await act(note)).status).toBe(403);
  expect(live.acts).toEqual([]);
});

test('the operator gives out more links; those before stay good', async () => {
  const { seats, get, post, join, sit } = createTestApp();
  const before = seats.issue('observer').token;
  const { cookie, csrf } = await sit('operator');
  const ask = (body: unknown) =>
    post('/as/operator/links', JSON.stringify(body), {
      cookie,
      'x-csrf-token': csrf,
      'content-type': 'application/json',
    });
  const made = await ask({ seat: 'observer' });
  expect(await made.json()).toEqual({
    url: matching(/^http:\/\/127\.0\.0\.1:4711\/join\/token-\d+$/),
    until: '2026-03-11T01:00:00.000Z',
  });
  expect((await get(`/join/${before}`)).status).toBe(200);
  expect((await join(before, 'Bob')).status).toBe(303);
  expect((await ask({ seat: 'king' })).status).toBe(400);
});

test('nobody else gives out links', async () => {
  const { post, sit } = createTestApp();
  const { cookie, csrf } = await sit('observer');
  const headers = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' };
  expect((await post('/as/observer/links', '{"seat":"operator"}', headers)).status).toBe(403);
});

test('every answer forbids frames, foreign scripts, guesses of types and caches', async () => {
  const { get, sit } = createTestApp();
  const { cookie } = await sit('observer');
  const answers = await Promise.all([
    get('/as/observer', { cookie }),
    get('/as/observer/views', { cookie }),
    get('/page.js'),
    get('/nowhere'),
    get('/', { host: 'rebound.example' }),
  ]);
  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
  await answers[1].body?.cancel();
});

test('more than fits is not read', async () => {
  const { live, sit } = createTestApp();
  const { act } = await sit('scribe');
  expect((await act({ do: 'note', text: 'x'.repeat(20_000) })).status).toBe(413);
  expect(live.acts).toEqual([]);
});

test('what people wrote stands on the page as they wrote it', async () => {
  const { live, sit, get } = createTestApp();
  const text = '<img src=x onerror=alert(1)> & "quotes"';
  const view = live.view('observer');
  live.show({
    ...view,
    title: text,
    timeline: [{ number: 1, at: view.asOf, text, by: text, isLate: false, tone: 'plain' }],
  });
  const { cookie } = await sit('observer', '"><script>alert(1)</script>');
  const page = await (await get('/as/observer', { cookie })).text();
  expect(page).not.toContain('<img');
  expect(page).not.toContain('<script>');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;');
  expect(page).toContain('data-name="&quot;&gt;&lt;script&gt;');
});

test('a fault of ours is told as one, and not as done', async () => {
  const { live, sit } = createTestApp();
  const { act } = await sit('operator');
  live.react(() => {
    throw new Error('the log is full');
  });
  const answer = await act(note);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ refused: 'Something went wrong here: the log is full' });
});

test('the addresses that lead nowhere say what to do', async () => {
  const { get } = createTestApp();
  expect((await get('/')).status).toBe(401);
  expect(await (await get('/as/observer')).text()).toContain('Open your link.');
  expect((await get('/nowhere')).status).toBe(404);
  expect((await get(`/as/observer/alive`)).status).toBe(401);
  expect((await get('/join/x', { host: 'localhost:4711' })).status).toBe(410);
  expect(own.origin).toBe(origin);
});
