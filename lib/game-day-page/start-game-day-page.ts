import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { LiveGameDay } from '../game-day/live.ts';
import type { Clock } from '../run/ports.ts';
import { createGameDayApp, linkUrl } from './app.ts';
import { createFollowers, type Followers, forAMoment } from './follow.ts';
import { readPageScript } from './page-script.ts';
import { createSeats, type Seat, type Tokens } from './seats.ts';

export interface GameDayPageOptions {
  readonly clock: Clock;
  readonly tokens: Tokens;
  /** Any free one where absent. */
  readonly port?: number;
}

export interface GameDayPage {
  readonly url: string;
  /** One for each role and one for a projector; each can be used once. */
  readonly links: Readonly<Record<Seat, string>>;
  /** Another link; those given out before are as good as they were. */
  newLink(seat: Seat): string;
  /** Tells every browser that the rehearsal has ended, and leaves nothing open. */
  stop(): Promise<void>;
}

/** The page of an edition that goes on, for this machine alone. */
export async function startGameDayPage(live: LiveGameDay, options: GameDayPageOptions): Promise<GameDayPage> {
  const { page } = await openGameDayPage(live, options);
  return page;
}

/** The same with what is behind it, for whoever wants to know what becomes of its connections. */
export async function openGameDayPage(
  live: LiveGameDay,
  { clock, tokens, port = 0 }: GameDayPageOptions,
): Promise<{ readonly page: GameDayPage; readonly server: Server; readonly followers: Followers }> {
  const script = await readPageScript();
  const seats = createSeats({ clock, tokens });
  const followers = createFollowers(live, clock);
  let boundTo = port;
  const app = createGameDayApp({ live, seats, followers, script, port: () => boundTo });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const answers = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answers.add(promise);
    response.once('close', () => {
      answers.delete(promise);
      resolve();
    });
    void answer(request, response);
  });
  try {
    boundTo = await listen(server, port);
  } catch (cause) {
    await followers.end();
    throw cause;
  }
  const url = `http://127.0.0.1:${boundTo}`;
  const newLink = (seat: Seat): string => linkUrl(url, seats.issue(seat).token);
  const page: GameDayPage = {
    url,
    links: {
      operator: newLink('operator'),
      observer: newLink('observer'),
      onCall: newLink('onCall'),
      scribe: newLink('scribe'),
      projector: newLink('projector'),
    },
    newLink,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await followers.end();
      // What was written last is still on its way out.
      await forAMoment(clock, Promise.all(answers));
      server.closeAllConnections();
      await closed;
    },
  };
  return { page, server, followers };
}

/** Listens on loopback alone; gives the port. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(
        new SteadfastError('cannot-begin', `the page cannot be served on port ${port}: ${messageOf(cause)}`, {
          hint: 'choose another port, or end what listens there',
          cause,
        }),
      );
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
