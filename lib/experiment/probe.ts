import * as z from 'zod';
import { duration, positiveDuration, rate, show } from '../fis/quantity.ts';
import { defaults } from './defaults.ts';
import { logicalName, named, urlPath } from './names.ts';
import { tolerancesSchema } from './tolerance.ts';
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

const jsonPath = () => z.string().regex(/^\$/, { error: "a JSONPath begins with '$', such as '$.readAt'" });

/** Where in an answer something stands: a JSONPath into its body (`'$.readAt'`), or a header. */
const place = () =>
  z.union([
    jsonPath(),
    z.strictObject({ header: headerName().describe('The name of a header of the answer.') }),
  ]);

const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const status = () => z.number().int().min(100).max(599);

/** Fetch sends no body with these, and says so with every single request. */
const withoutBody: readonly string[] = ['GET', 'HEAD'];

const bodyIsSent = ({ body, method }: { readonly body?: string | undefined; readonly method: string }) =>
  body === undefined || !withoutBody.includes(method);

const bodyIsNotSent = {
  error: "GET and HEAD carry no body: write method: 'POST', or leave the body out",
  path: ['body'],
};

const request = z.strictObject({
  service: logicalName().describe('The service asked, by logical name.'),
  path: urlPath().describe("The path below the service's URL, with its query."),
  method: z.enum(httpMethods).default('GET').describe('The HTTP method.'),
  headers: z.record(headerName(), headerValue()).optional().describe('Headers that are sent.'),
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
    })
    .optional()
    .describe('What a good answer is, beyond a status of 200 to 399; anything else counts as an error.'),
});

/** One HTTP request to a service, and what its answer should look like. */
export const httpRequestSchema = request.refine(bodyIsSent, bodyIsNotSent);

const control = () =>
  logicalName()
    .optional()
    .describe("One of the experiment's `controls`: what happens to it as well is not blamed on the fault.");

const extraction = {
  ageOf: place().optional().describe('A timestamp in the answer: the value is its age in seconds.'),
  growthOf: place()
    .optional()
    .describe('A counter in the answer: the value is the seconds since it last grew.'),
  numberOf: place().optional().describe('A number in the answer.'),
  countOf: jsonPath().optional().describe('Items in the answer: the value is how many there are.'),
};

const extractionKeys = ['ageOf', 'growthOf', 'numberOf', 'countOf'] as const;

const httpProbe = z
  .strictObject({
    http: z
      .strictObject({ ...request.shape, ...extraction })
      .refine(bodyIsSent, bodyIsNotSent)
      .refine((http) => extractionKeys.filter((key) => http[key] !== undefined).length <= 1, {
        error: `a probe extracts one value: keep one of ${extractionKeys.join(', ')} and put the others into probes of their own`,
      })
      .describe(
        'The request that is sent again and again, and the one value that is taken from its answers.',
      ),
    rate: rate().optional().describe(`How often it asks, answers or not (default ${defaults.rate}).`),
    timeout: positiveDuration()
      .optional()
      .describe(`How long it waits for an answer (default ${defaults.timeout}).`),
    control: control(),
    tolerances: tolerancesSchema.describe('What it must see.'),
  })
  .superRefine((probe, context) => {
    const needs = { age: ['ageOf', 'growthOf'], value: ['numberOf'], count: ['countOf'] } as const;
    for (const [name, keys] of Object.entries(needs) as [
      keyof typeof needs,
      readonly (typeof extractionKeys)[number][],
    ][]) {
      if (probe.tolerances[name] !== undefined && keys.every((key) => probe.http[key] === undefined)) {
        context.addIssue({
          code: 'custom',
          path: ['tolerances', name],
          message: `nothing to compare with: add ${keys.map((key) => `http.${key}`).join(' or ')}`,
        });
      }
    }
  });

const metricProbe = z
  .strictObject({
    metric: logicalName().describe('A metric, by logical name.'),
    every: positiveDuration().optional().describe(`How often it is read (default ${defaults.every}).`),
    delay: duration().optional().describe(`How late its data may come (default ${defaults.delay}).`),
    control: control(),
    tolerances: tolerancesSchema.describe('What it must see: `value`, or `age` for a metric in seconds.'),
  })
  .superRefine((probe, context) => {
    for (const name of Object.keys(probe.tolerances)) {
      if (name !== 'value' && name !== 'age') {
        context.addIssue({
          code: 'custom',
          path: ['tolerances', name],
          message: `a metric has a value (or an age in seconds) only: use 'value' in place of '${name}'`,
        });
      }
    }
  });

/** One way to look at the system; its key says the kind. */
export const probeSchema = z.union([httpProbe, metricProbe]);
export const probesSchema = named(probeSchema);

export type HttpRequest = z.output<typeof httpRequestSchema>;
export type HttpProbe = z.output<typeof httpProbe>;
export type Probe = z.output<typeof probeSchema>;
export type Place = z.output<ReturnType<typeof place>>;
export type HeaderValue = z.output<ReturnType<typeof headerValue>>;

export const isHttpProbe = (probe: Probe): probe is HttpProbe => 'http' in probe;
