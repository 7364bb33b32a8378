import * as z from 'zod/mini';
import { roleNames } from '../lib/experiment/role-names.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import { commandSchema } from '../lib/game-day/command.ts';
import { isEdition } from '../lib/game-day/edition.ts';
import { jsonText } from '../lib/run/json-text.ts';

/** As much of a function URL's event as is read (Lambda developer guide, "Invoking Lambda function URLs"). */
const eventSchema = z.object({
  rawPath: z.string(),
  queryStringParameters: z.optional(z.record(z.string(), z.string())),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
  requestContext: z.object({
    http: z.object({ method: z.string() }),
    /** AWS says who signed the call; absent where nobody did. */
    authorizer: z.optional(z.object({ iam: z.optional(z.object({ userArn: z.string() })) })),
  }),
});

const edition = z.string().check(z.refine(isEdition, { error: 'is no edition of a game day' }));
const role = z.optional(z.enum(roleNames));

const viewSchema = z.strictObject({ edition, role });
const recordSchema = z.strictObject({
  edition,
  role,
  after: z._default(z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number)), 0),
});
const actSchema = z.strictObject({ edition, role, command: commandSchema });

/** What the command asks of the desk. */
export type DeskAsk =
  | { readonly ask: 'editions' }
  | ({ readonly ask: 'view' } & z.output<typeof viewSchema>)
  | ({ readonly ask: 'record' } & z.output<typeof recordSchema>)
  | ({ readonly ask: 'act' } & z.output<typeof actSchema>);

/**
 * Reads a call, and who makes it.
 *
 * @throws SteadfastError `permission` for one that nobody signed, `invalid` for one that cannot be read
 */
export function readDeskEvent(event: unknown): { readonly callerArn: string; readonly asked: DeskAsk } {
  const read = eventSchema.safeParse(event);
  if (!read.success) throw unreadable('this is no call of the URL of the function', read.error);
  const { rawPath, queryStringParameters: query = {}, requestContext } = read.data;
  const callerArn = requestContext.authorizer?.iam?.userArn;
  if (callerArn === undefined)
    throw new SteadfastError('permission', 'the call is not signed, so nobody is known to have made it', {
      hint: 'use steadfast gameday, which signs its calls',
    });
  return {
    callerArn,
    asked: askOf(`${requestContext.http.method} ${rawPath}`, query, () => bodyOf(read.data)),
  };
}

function askOf(route: string, query: Readonly<Record<string, string>>, body: () => unknown): DeskAsk {
  switch (route) {
    case 'GET /editions':
      return { ask: 'editions' };
    case 'GET /view':
      return { ask: 'view', ...parsed(viewSchema, query) };
    case 'GET /record':
      return { ask: 'record', ...parsed(recordSchema, query) };
    case 'POST /act':
      return { ask: 'act', ...parsed(actSchema, body()) };
    default:
      throw new SteadfastError('invalid', `the desk knows no ${route}`, {
        hint: 'the command may be of another version than what is deployed',
      });
  }
}

function bodyOf({ body = '', isBase64Encoded }: z.output<typeof eventSchema>): unknown {
  const text = isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body;
  return parsed(jsonText, text);
}

function parsed<T extends z.core.$ZodType>(schema: T, value: unknown): z.output<T> {
  const read = z.safeParse(schema, value);
  if (read.success) return read.data;
  throw unreadable('the call cannot be read, and nothing was done', read.error);
}

const unreadable = (what: string, { issues }: z.core.$ZodError): SteadfastError =>
  new SteadfastError(
    'invalid',
    `${what}: ${issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')}`,
    { hint: 'the command may be of another version than what is deployed' },
  );
