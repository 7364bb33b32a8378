import { messageOf, SteadfastError } from '../lib/experiment/steadfast-error.ts';
import { personOfCaller } from '../lib/game-day/caller.ts';
import { carryOut } from '../lib/game-day/carry-out.ts';
import { pageOf } from '../lib/game-day/record-page.ts';
import { showEdition } from '../lib/game-day/show.ts';
import { type DeskAsk, readDeskEvent } from './desk-event.ts';
import { createGameDayDesk, type DeskReplacements, type GameDayDesk } from './game-day-desk.ts';
import { reportedError } from './reported-error.ts';

/** What Lambda tells of a call, as far as it is used. */
interface Call {
  readonly awsRequestId: string;
}

/** An answer of a function URL. */
interface DeskAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The desk that `steadfast gameday` asks, by a function URL of which IAM says who may call it, and AWS who has: no person is known by what
 * they say themselves. Each refusal is answered as JSON with the code that the command knows.
 */
export function createDeskHandler(
  replacements: DeskReplacements = {},
): (event: unknown, call: Call) => Promise<DeskAnswer> {
  let desk: GameDayDesk | undefined;
  return async (event, { awsRequestId }) => {
    try {
      const { asked, callerArn } = readDeskEvent(event);
      desk ??= createGameDayDesk(replacements);
      return json(200, await answerTo(desk, asked, callerArn));
    } catch (thrown) {
      if (!(thrown instanceof SteadfastError) || thrown.code === 'internal')
        desk?.log.error('the desk failed', reportedError(thrown));
      const error = problemOf(thrown, awsRequestId);
      return json(statusOf(error.code), {
        error: {
          code: error.code,
          message: error.message,
          ...(error.hint === undefined ? {} : { hint: error.hint }),
        },
      });
    }
  };
}

const json = (statusCode: number, document: unknown): DeskAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(document),
});

/** What a person is told of a crash: that there was one, and where it is told. */
const problemOf = (thrown: unknown, requestId: string): SteadfastError =>
  thrown instanceof SteadfastError
    ? thrown
    : new SteadfastError('internal', `the desk failed: ${messageOf(thrown).slice(0, 300)}`, {
        hint: `the log of its function tells more, by the request ${requestId}`,
      });

function statusOf(code: SteadfastError['code']): number {
  switch (code) {
    case 'invalid':
    case 'usage':
      return 400;
    case 'permission':
      return 403;
    case 'unknown-id':
      return 404;
    case 'busy':
      return 409;
    case 'cannot-begin':
      return 503;
    case 'interrupted':
    case 'lease-lost':
    case 'internal':
      return 500;
  }
}

async function answerTo(desk: GameDayDesk, asked: DeskAsk, callerArn: string): Promise<unknown> {
  const { editions, figuresOf, log, ports } = desk;
  if (asked.ask === 'editions')
    return {
      editions: (await editions.all()).map(({ edition, gameDay, title, beganAt, closedAt }) => ({
        edition,
        gameDay,
        title,
        beganAt,
        ...(closedAt === undefined ? {} : { closedAt }),
      })),
    };
  const { edition, role } = asked;
  const input = await ports.inputs.load(edition);
  switch (asked.ask) {
    case 'view': {
      const person = personOfCaller({ input, callerArn, role });
      return { view: await showEdition(ports, { edition, role: person.role, person, figuresOf }) };
    }
    case 'record':
      personOfCaller({ input, callerArn, role });
      return pageOf({ input, entries: await ports.log.read(edition, asked.after) }, asked.after);
    case 'act': {
      const { command } = asked;
      const person = personOfCaller({ input, callerArn, role, command });
      await carryOut(ports, { edition, person, command });
      log.info('done', { edition, role: person.role, command: command.do });
      return {};
    }
  }
}
