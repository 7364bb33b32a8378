import * as z from 'zod';
import { show } from '../fis/quantity.ts';
import { answerSchema } from './answer-schema.ts';
import { logicalName, urlPath } from './names.ts';
import { fromSchema } from './vantage-points.ts';

/** The name of a header: a token of HTTP (RFC 9110, 5.6.2). */
const headerName = () =>
  z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, {
    error: (issue) => `${show(issue.input)} is no name of a header`,
  });

/** Text that HTTP can carry as a header's value: no control characters, nothing beyond Latin-1 (RFC 9110, 5.5). */
const headerText = () =>
  z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, {
    error: 'a header cannot carry line breaks, other control characters, or letters beyond Latin-1',
  });

/** A header's value: text, or a secret of the environment by logical name, which is read when it is sent and never written down. */
const headerValue = () =>
  z.union([
    headerText(),
    z.strictObject({ secret: logicalName().describe('A secret of the environment, by logical name.') }),
  ]);

export const jsonPath = () =>
  z.string().regex(/^\$/, { error: "a JSONPath begins with '$', such as '$.readAt'" });

/** Where in an answer something stands: a JSONPath into its body (`'$.readAt'`), or a header. */
export const place = () =>
  z.union([
    jsonPath(),
    z.strictObject({ header: headerName().describe('The name of a header of the answer.') }),
  ]);

export const headers = () => z.record(headerName(), headerValue());

const pem = () =>
  z.strictObject({ secret: logicalName().describe('A secret of the environment, by logical name.') });

/** A certificate that nobody vouches for is never taken: what answers then might be anything. */
const tlsSchema = z
  .strictObject({
    ca: pem()
      .optional()
      .describe('The certificates that vouch for it, in PEM, in place of those that Node trusts.'),
    serverName: z
      .string()
      .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/, {
        error: (issue) => `${show(issue.input)} is no name of a host`,
      })
      .optional()
      .describe("The name that it is asked by and its certificate must hold, in place of the URL's."),
    certificate: pem().optional().describe('The certificate that the prober shows, in PEM.'),
    key: pem().optional().describe('The key of that certificate, in PEM.'),
  })
  .refine((tls) => (tls.certificate === undefined) === (tls.key === undefined), {
    error: "a certificate and its key go together: give both 'certificate' and 'key'",
  });

const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const status = () => z.number().int().min(100).max(599);

/** Fetch sends no body with these, and says so with every single request. */
const withoutBody: readonly string[] = ['GET', 'HEAD'];

export const bodyIsSent = ({
  body,
  method,
}: {
  readonly body?: string | undefined;
  readonly method: string;
}) => body === undefined || !withoutBody.includes(method);

export const bodyIsNotSent = {
  error: "GET and HEAD carry no body: write method: 'POST', or leave the body out",
  path: ['body'],
};

export const requestKeys = z.strictObject({
  service: logicalName().describe('The service asked, by logical name.'),
  path: urlPath().describe("The path below the service's URL, with its query."),
  method: z.enum(httpMethods).default('GET').describe('The HTTP method.'),
  headers: headers().optional().describe('Headers that are sent.'),
  tls: tlsSchema
    .optional()
    .describe('How the service proves who it is, beyond what Node trusts. It says nothing of a URL of http.'),
  body: z.string().optional().describe('What is sent.'),
  from: fromSchema
    .optional()
    .describe(
      "The vantage points that it is sent from, in turns: `inside` for all that the environment declares, or a list of their names, in which `outside` is the runner's own (default: outside only).",
    ),
  expect: z
    .strictObject({
      status: z
        .union([status(), z.array(status()).min(1)])
        .optional()
        .describe('The status, or the statuses, of a good answer.'),
      headers: z
        .record(headerName(), z.string())
        .optional()
        .describe('Header values that the answer must have.'),
      body: z
        .record(jsonPath(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
        .optional()
        .describe('What must stand at JSONPaths in the body.'),
      schema: answerSchema()
        .optional()
        .describe(
          'What the whole body must be: a JSON Schema, of which the common keywords are looked at and others refused.',
        ),
    })
    .optional()
    .describe('What a good answer is, beyond a status of 200 to 399; anything else counts as an error.'),
});

/** One HTTP request to a service, and what its answer should look like. */
export const httpRequestSchema = requestKeys.refine(bodyIsSent, bodyIsNotSent);

export type HttpRequest = z.output<typeof httpRequestSchema>;
export type Place = z.output<ReturnType<typeof place>>;
export type HeaderValue = z.output<ReturnType<typeof headerValue>>;
export type TlsOptions = z.output<typeof tlsSchema>;
