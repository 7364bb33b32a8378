import { awaySchema, type Told } from './messages.ts';

/** What listens on a database's port. */
interface DoorServer {
  start(): Promise<void>;
  stop(): Promise<void>;
  getStats(): { readonly activeConnections: number };
}

interface GoingAway {
  /** What listens now. */
  readonly first: DoorServer;
  /** Another one for the same port, which does not listen yet. */
  readonly open: () => DoorServer;
  /** Takes away what the old connections have left: transactions, settings, prepared statements. */
  readonly forget: () => Promise<void>;
  readonly tell: (told: Told) => void;
  readonly say: (text: string) => void;
  readonly giveUp: (thrown: unknown) => void;
}

/**
 * Closes a database's port and every connection when it is asked to, and listens there again after a while. What was committed stays, and
 * new connections find nothing of an old one. Asked twice, it comes back once, after the longer of both.
 *
 * @returns what takes messages
 */
export function goAwayWhenAsked({ first, open, forget, tell, say, giveUp }: GoingAway) {
  let server: DoorServer | undefined = first;
  let awayUntilMs = 0;
  const asking: number[] = [];
  let last: Promise<void> = Promise.resolve();
  /** One after the other: a port that is being given up cannot be taken, and one that is being taken cannot be given up. */
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch(giveUp);
  };

  const comeBack = async () => {
    // It is back already, or was asked to stay away for longer meanwhile.
    if (server !== undefined || performance.now() < awayUntilMs) return;
    const next = open();
    await forget();
    await next.start();
    server = next;
    say('PostgreSQL listens again');
    for (const id of asking.splice(0)) tell({ isBack: { id } });
  };

  const comeBackLater = () => {
    const leftMs = Math.max(0, awayUntilMs - performance.now());
    // Timers may be early by a part of a millisecond.
    setTimeout(() => inTurn(comeBack), Math.ceil(leftMs) + 1);
  };

  const leave = async (id: number, forMs: number) => {
    const leaving = server;
    server = undefined;
    asking.push(id);
    awayUntilMs = Math.max(awayUntilMs, performance.now() + forMs);
    const connections = leaving?.getStats().activeConnections ?? 0;
    await leaving?.stop();
    say(`PostgreSQL broke ${connections} connections, and is away for ${Math.round(forMs)} ms`);
    tell({ isAway: { id, connections } });
    comeBackLater();
  };

  return (message: unknown): void => {
    const asked = awaySchema.safeParse(message);
    if (asked.success) inTurn(() => leave(asked.data.away.id, asked.data.away.forMs));
  };
}
