import { createHash, timingSafeEqual } from 'node:crypto';
import { type RoleName, roleNames } from '../experiment/role-names.ts';

/** Where somebody sits: in a role, or before the projector, which shows and does nothing. */
export const seats = [...roleNames, 'projector'] as const;

export type Seat = RoleName | 'projector';

/** Where secrets come from: each of 256 bits that nobody can guess, in characters that a URL can hold. */
export interface Tokens {
  next(): string;
}

export interface Session {
  readonly seat: Seat;
  /** As its holder typed it. */
  readonly name: string;
  /** What a request must bring beside the cookie, which a browser adds by itself. */
  readonly csrf: string;
}

/** Why a link cannot be used. */
export type SpentLink =
  | { readonly state: 'used'; readonly seat: Seat; readonly name: string; readonly atMs: number }
  | { readonly state: 'expired'; readonly seat: Seat }
  | { readonly state: 'unknown' };

/** How a link is, for whoever opens it. */
type LinkState = { readonly state: 'fresh'; readonly seat: Seat } | SpentLink;

interface Link {
  readonly hash: Buffer;
  readonly seat: Seat;
  readonly expiresAtMs: number;
  used?: { readonly name: string; readonly atMs: number; readonly session: Buffer };
}

/** Half a day, as long as a game day lasts: who joins later is given a new one. */
const linkLastsMs = 12 * 3_600_000;

export interface Seats {
  /** Makes a link's token; others are as good as they were. */
  issue(seat: Seat): { readonly token: string; readonly expiresAtMs: number };
  look(token: string): LinkState;
  /** Uses a link: gives the secret of a new session, or how the link is if it cannot be used. */
  take(
    token: string,
    name: string,
  ): { readonly state: 'taken'; readonly secret: string; readonly seat: Seat } | SpentLink;
  sessionOf(secret: string | undefined, seat: Seat): Session | undefined;
  /** Whether it was this session's holder who used the link. */
  isOwn(token: string, secret: string | undefined): boolean;
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Looks at each, also behind the one that was found: how long it takes tells nothing. */
function findByHash<T extends { readonly hash: Buffer }>(all: readonly T[], secret: string): T | undefined {
  const hash = hashOf(secret);
  let found: T | undefined;
  for (const one of all) if (timingSafeEqual(one.hash, hash)) found = one;
  return found;
}

/** Whether two secrets are the same, without telling by time how much of them is. */
export const isSame = (one: string, other: string): boolean => timingSafeEqual(hashOf(one), hashOf(other));

/** One-time links, and the sessions that came of them. Of tokens and sessions only hashes are kept. */
export function createSeats({
  clock,
  tokens,
}: {
  readonly clock: { now(): number };
  readonly tokens: Tokens;
}): Seats {
  const links: Link[] = [];
  const sessions: (Session & { readonly hash: Buffer })[] = [];

  const stateOf = (link: Link | undefined): LinkState => {
    if (link === undefined) return { state: 'unknown' };
    const { seat, used } = link;
    if (used !== undefined) return { state: 'used', seat, name: used.name, atMs: used.atMs };
    return { state: clock.now() < link.expiresAtMs ? 'fresh' : 'expired', seat };
  };

  return {
    issue(seat) {
      const token = tokens.next();
      const expiresAtMs = clock.now() + linkLastsMs;
      links.push({ hash: hashOf(token), seat, expiresAtMs });
      return { token, expiresAtMs };
    },
    look: (token) => stateOf(findByHash(links, token)),
    take(token, name) {
      const link = findByHash(links, token);
      const state = stateOf(link);
      if (state.state !== 'fresh') return state;
      if (link === undefined) return { state: 'unknown' };
      const secret = tokens.next();
      const hash = hashOf(secret);
      sessions.push({ hash, seat: link.seat, name, csrf: tokens.next() });
      link.used = { name, atMs: clock.now(), session: hash };
      return { state: 'taken', secret, seat: link.seat };
    },
    sessionOf(secret, seat) {
      const session = secret === undefined ? undefined : findByHash(sessions, secret);
      return session?.seat === seat ? session : undefined;
    },
    isOwn(token, secret) {
      const used = findByHash(links, token)?.used;
      return used !== undefined && secret !== undefined && timingSafeEqual(used.session, hashOf(secret));
    },
  };
}
