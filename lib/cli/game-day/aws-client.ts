import * as z from 'zod';
import { asking } from '../../aws/command/aws-problem.ts';
import { parameterOf } from '../../aws/command/parameter.ts';
import { type CallAnswer, createSignedCaller, type SignedCall } from '../../aws/game-day/signed-call.ts';
import { type ErrorCode, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Entry } from '../../game-day/entry.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import { type RecordPage, recordPageSchema } from '../../game-day/record-page.ts';
import { readView } from '../../game-day/view-schema.ts';
import type { OpenEnvironment } from '../aws/environment.ts';
import type { GameDayClient, GameDayRecord } from './client.ts';
import type { GameDayPlace } from './place.ts';

const codes = [
  'invalid',
  'unknown-id',
  'cannot-begin',
  'usage',
  'interrupted',
  'permission',
  'busy',
  'lease-lost',
  'internal',
] as const satisfies readonly ErrorCode[];

const refusalSchema = z.object({
  error: z.object({
    code: z.enum(codes).catch('internal'),
    message: z.string(),
    hint: z.string().optional(),
  }),
});

const editionsSchema = z.object({
  editions: z.array(
    z.object({
      edition: z.string(),
      gameDay: z.string(),
      title: z.string(),
      beganAt: z.string(),
      closedAt: z.string().optional(),
    }),
  ),
});

const viewSchema = z.object({ view: z.unknown() });

type Ask = (call: SignedCall) => Promise<unknown>;

/**
 * The editions of an environment, by its desk: each call is signed with the credentials of whoever uses the command, so that AWS tells the
 * desk who it is.
 *
 * @throws SteadfastError `unknown-id` where no game day is deployed there
 */
export async function openAwsGameDays(environment: OpenEnvironment): Promise<GameDayPlace> {
  const { id, names, region, connection } = environment;
  const { credentials } = connection.place;
  const url = await parameterOf(connection.clients.ssm, names.parameter('game-days-url'));
  if (url === undefined)
    throw new SteadfastError('unknown-id', `no game day is deployed in ${id}`, {
      hint: `give a game day the environment ${id}, then: npx cdk deploy --all -c env=${id}`,
    });
  if (credentials === undefined)
    throw new SteadfastError('permission', 'there are no AWS credentials to sign calls with');
  const call = createSignedCaller({ url, region, credentials });
  const resource = names.gameDayDeskArn;
  const ask: Ask = async (signed) => {
    const answer = await asking({ action: 'lambda:InvokeFunctionUrl', resource }, () => call(signed));
    return answered(answer, environment);
  };
  return {
    name: id,
    flags: ` --env ${id}`,
    editions: async () => parse(editionsSchema, await ask({ method: 'GET', path: '/editions' })).editions,
    open: (edition, role) => clientOf(ask, edition, role),
  };
}

function clientOf(ask: Ask, edition: string, role: Parameters<GameDayPlace['open']>[1]): GameDayClient {
  const query = { edition, ...(role === undefined ? {} : { role }) };
  return {
    edition,
    view: async () => {
      const view = readView(parse(viewSchema, await ask({ method: 'GET', path: '/view', query })).view);
      if (view === undefined) throw otherVersion();
      return view;
    },
    act: async (command) => {
      await ask({ method: 'POST', path: '/act', body: { ...query, command } });
    },
    record: () => wholeRecord((after) => ask({ method: 'GET', path: '/record', query: { ...query, after } })),
  };
}

/** The record comes in pages, each asked for with the number of the last entry that came. */
async function wholeRecord(ask: (after: string) => Promise<unknown>): Promise<GameDayRecord> {
  let input: GameDayInput | undefined;
  const entries: Entry[] = [];
  let next: number | undefined = 0;
  while (next !== undefined) {
    const page: RecordPage = parse(recordPageSchema, await ask(String(next)));
    input ??= page.input;
    entries.push(...page.entries);
    // A page that does not go on would be asked for again for ever.
    if (page.next !== undefined && page.next <= next) throw otherVersion();
    next = page.next;
  }
  if (input === undefined) throw otherVersion();
  return { input, entries };
}

function parse<T>(schema: z.core.$ZodType<T>, document: unknown): T {
  const read = z.safeParse(schema, document);
  if (read.success) return read.data;
  throw otherVersion(read.error);
}

const otherVersion = (cause?: unknown): SteadfastError =>
  new SteadfastError('internal', 'the desk answered what this command cannot read', {
    hint: 'it may have been deployed by another version: deploy the environment again, or use the same version',
    cause,
  });

/** @throws SteadfastError as the desk, or Lambda before it, refused the call */
function answered({ status, text }: CallAnswer, environment: OpenEnvironment): unknown {
  const document = jsonOf(text);
  if (status === 200) return document;
  const refused = refusalSchema.safeParse(document).data?.error;
  if (refused !== undefined) {
    const { code, message, hint } = refused;
    throw new SteadfastError(code, message, hint === undefined ? {} : { hint });
  }
  throw refusedByLambda(status, text, environment);
}

function refusedByLambda(
  status: number,
  text: string,
  { names, caller, id }: OpenEnvironment,
): SteadfastError {
  if (status === 403)
    return new SteadfastError(
      'permission',
      `AWS refused lambda:InvokeFunctionUrl on ${names.gameDayDeskArn} to ${caller.arn}`,
      {
        hint: `somebody who may change IAM gives the policy of a role of game days, such as ${names.gameDayRole('observer')}; the game day names who acts in which role. A clock that is wrong by minutes is refused too`,
      },
    );
  const halt = `steadfast halt --all --env ${id} ends everything without it`;
  return status === 429 || status >= 500
    ? new SteadfastError('cannot-begin', `the desk of ${id} failed (HTTP ${status})`, {
        hint: `try again in a minute; the log of the function ${names.function('desk')} tells more; ${halt}`,
      })
    : new SteadfastError('internal', `the desk of ${id} answered HTTP ${status}: ${text.slice(0, 200)}`, {
        hint: halt,
      });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
