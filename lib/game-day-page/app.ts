import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod/mini';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { Person } from '../game-day/actor.ts';
import { commandSchema } from '../game-day/command.ts';
import type { LiveGameDay } from '../game-day/live.ts';
import { foreignness, sayHeaders } from './defence.ts';
import { joinPage } from './documents/join.ts';
import { livePage } from './documents/live.ts';
import { lostPage, spentLinkPage, toldPage } from './documents/told.ts';
import type { Followers } from './follow.ts';
import { isSame, type Seat, type Seats, type Session, seats as seatNames } from './seats.ts';
import { styles } from './style/page.ts';

/** A note has 2,000 characters at most, and a hash and names are short. */
const mostBytes = 16_384;

const seatSchema = z.enum(seatNames);
const linkSchema = z.object({ seat: seatSchema });
const nameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

export interface AppOptions {
  readonly live: LiveGameDay;
  readonly seats: Seats;
  readonly followers: Followers;
  /** The page's script, as browsers run it. */
  readonly script: string;
  /** Known once it listens. */
  readonly port: () => number;
}

/** The address of a link. */
export const linkUrl = (origin: string, token: string): string => `${origin}/join/${token}`;

/** Everything that the server answers. */
export function createGameDayApp({ live, seats, followers, script, port }: AppOptions): Hono {
  const app = new Hono();
  // Cookies do not know ports: two rehearsals of one machine must not take each other's, nor two roles of one browser.
  const cookieOf = (seat: Seat): string => `steadfast-${port()}-${seat}`;
  const zone = (): string => live.view('observer').timeZone;

  const sessionOf = (c: Context): Session | undefined => {
    const seat = seatSchema.safeParse(c.req.param('seat'));
    return seat.success ? seats.sessionOf(getCookie(c, cookieOf(seat.data)), seat.data) : undefined;
  };

  /** Who sends a request that does something; otherwise what it is answered. */
  const mayAct = (c: Context): Person | Response => {
    const session = sessionOf(c);
    if (session === undefined)
      return c.json({ refused: 'This browser has not joined in this role. Open a new link.' }, 401);
    if (!isSame(c.req.header('x-csrf-token') ?? '', session.csrf))
      return c.json({ refused: 'This is not from the page of your role. Load the page again.' }, 403);
    if (session.seat === 'projector') return c.json({ refused: 'A projector only shows.' }, 403);
    if (c.req.header('content-type')?.split(';')[0] !== 'application/json')
      return c.json({ refused: 'Only the page itself sends this.' }, 415);
    return { proof: 'link', role: session.seat, claimed: session.name };
  };

  app.use(sayHeaders);
  app.use(async (c, next) => {
    const why = foreignness(c, port());
    if (why !== undefined) return c.text(`${why}\n`, 403);
    return next();
  });
  app.use(
    bodyLimit({ maxSize: mostBytes, onError: (c) => c.json({ refused: 'That is more than fits.' }, 413) }),
  );
  app.onError((error, c) => c.json({ refused: `Something went wrong here: ${messageOf(error)}` }, 500));
  app.notFound((c) =>
    c.html(toldPage('Nothing is here', 'This address leads nowhere.', 'Open your link.'), 404),
  );

  app.get('/', (c) => c.html(lostPage(), 401));
  app.get('/page.js', (c) => c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
  app.get('/style.css', (c) => c.body(styles, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  app.get('/join/:token', (c) => {
    const token = c.req.param('token');
    const link = seats.look(token);
    if (link.state === 'used' && seats.isOwn(token, getCookie(c, cookieOf(link.seat))))
      return c.redirect(`/as/${link.seat}`, 303);
    if (link.state !== 'fresh') return c.html(spentLinkPage(link, zone()), 410);
    return c.html(joinPage({ title: live.view('observer').title, seat: link.seat, path: c.req.path }));
  });

  app.post('/join/:token', async (c) => {
    const token = c.req.param('token');
    const link = seats.look(token);
    if (link.state !== 'fresh') return c.html(spentLinkPage(link, zone()), 410);
    const isProjector = link.seat === 'projector';
    const name = nameSchema.safeParse((await c.req.parseBody())['name']);
    if (!isProjector && !name.success) {
      const problem = 'Write a name of 1 to 80 characters: the timeline says who did what.';
      const { title } = live.view('observer');
      return c.html(joinPage({ title, seat: link.seat, path: c.req.path, problem }), 400);
    }
    const taken = seats.take(token, name.success && !isProjector ? name.data : '');
    // Somebody else was quicker while the form came in.
    if (taken.state !== 'taken') return c.html(spentLinkPage(taken, zone()), 410);
    setCookie(c, cookieOf(taken.seat), taken.secret, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return c.redirect(`/as/${taken.seat}`, 303);
  });

  app.get('/as/:seat', (c) => {
    const session = sessionOf(c);
    if (session === undefined) return c.html(lostPage(), 401);
    return c.html(livePage(live.view(session.seat === 'projector' ? 'observer' : session.seat), session));
  });

  app.get('/as/:seat/alive', (c) => c.body(null, sessionOf(c) === undefined ? 401 : 204));

  app.get('/as/:seat/views', (c) => {
    const session = sessionOf(c);
    return session === undefined ? c.body(null, 401) : followers.follow(c, session.seat);
  });

  app.post('/as/:seat/act', async (c) => {
    const person = mayAct(c);
    if (person instanceof Response) return person;
    const command = commandSchema.safeParse(await readJson(c));
    if (!command.success)
      return c.json(
        { refused: `This is nothing that can be done here: ${z.prettifyError(command.error)}` },
        400,
      );
    return c.json(await live.act(person, command.data));
  });

  app.post('/as/:seat/links', async (c) => {
    const person = mayAct(c);
    if (person instanceof Response) return person;
    if (person.role !== 'operator') return c.json({ refused: 'Only the operator gives out links.' }, 403);
    const wanted = linkSchema.safeParse(await readJson(c));
    if (!wanted.success) return c.json({ refused: 'Say for which role the link is.' }, 400);
    const { token, expiresAtMs } = seats.issue(wanted.data.seat);
    const origin = `http://${c.req.header('host') ?? ''}`;
    return c.json({ url: linkUrl(origin, token), until: new Date(expiresAtMs).toISOString() });
  });

  return app;
}

/** What a request holds, or `undefined` where that is no JSON. */
async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json<unknown>();
  } catch {
    return undefined;
  }
}
