import * as z from 'zod';
import { duration, rate } from '../fis/quantity.ts';
import { defaults } from './defaults.ts';
import { logicalName, named, sentence, urlPath } from './names.ts';
import { tolerancesSchema } from './tolerance.ts';

/** A header's value: text, or a secret of the environment by logical name, which is read when it is sent and never written down. */
export const headerValue = () => z.union([z.string(), z.strictObject({ secret: logicalName() })]);

/** Where in an answer something stands: a JSONPath into its body (`'$.readAt'`), or a header. */
const place = () =>
  z.union([
    z.string().regex(/^\$/, { error: "a JSONPath begins with '$', such as '$.readAt'" }),
    z.strictObject({ header: sentence() }),
  ]);

const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const status = () => z.number().int().min(100).max(599);

/** One HTTP request to a service, and what its answer should look like. */
export const httpRequestSchema = z.strictObject({
  service: logicalName().describe('The service asked, by logical name.'),
  path: urlPath(),
  method: z.enum(httpMethods).default('GET'),
  headers: z.record(z.string(), headerValue()).optional(),
  body: z.string().optional(),
  expect: z
    .strictObject({
      status: z.union([status(), z.array(status()).min(1)]).optional(),
      headers: z
        .record(z.string(), z.string())
        .optional()
        .describe('Header values that the answer must have.'),
      body: z
        .record(
          z.string().regex(/^\$/, { error: "a JSONPath begins with '$'" }),
          z.union([z.string(), z.number(), z.boolean(), z.null()]),
        )
        .optional()
        .describe('What must stand at JSONPaths in the body.'),
    })
    .optional()
    .describe('What a good answer is, beyond a status of 200 to 399; anything else counts as an error.'),
});

const extraction = {
  ageOf: place().optional().describe('A timestamp in the answer: the value is its age in seconds.'),
  growthOf: place()
    .optional()
    .describe('A counter in the answer: the value is the seconds since it last grew.'),
  numberOf: place().optional().describe('A number in the answer.'),
  countOf: place().optional().describe('Items in the answer: the value is how many there are.'),
};

const extractionKeys = ['ageOf', 'growthOf', 'numberOf', 'countOf'] as const;

const httpProbe = z
  .strictObject({
    http: z
      .strictObject({ ...httpRequestSchema.shape, ...extraction })
      .refine((http) => extractionKeys.filter((key) => http[key] !== undefined).length <= 1, {
        error: `a probe extracts one value: keep one of ${extractionKeys.join(', ')} and put the others into probes of their own`,
      }),
    rate: rate().optional().describe(`How often it asks, answers or not (default ${defaults.rate}).`),
    timeout: duration().optional().describe(`How long it waits for an answer (default ${defaults.timeout}).`),
    tolerances: tolerancesSchema,
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
    every: duration().optional().describe(`How often it is read (default ${defaults.every}).`),
    delay: duration().optional().describe(`How late its data may come (default ${defaults.delay}).`),
    tolerances: tolerancesSchema,
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
export type MetricProbe = z.output<typeof metricProbe>;
export type Probe = z.output<typeof probeSchema>;
export type Place = z.output<ReturnType<typeof place>>;
export type HeaderValue = z.output<ReturnType<typeof headerValue>>;

export const isHttpProbe = (probe: Probe): probe is HttpProbe => 'http' in probe;
