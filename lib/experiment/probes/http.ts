import * as z from 'zod';
import { positiveDuration, rate } from '../../fis/quantity.ts';
import { defaults } from '../defaults.ts';
import { bodyIsNotSent, bodyIsSent, headers, jsonPath, place, requestKeys } from '../http-request.ts';
import { logicalName, urlPath } from '../names.ts';
import { type ToleranceName, tolerancesSchema } from '../tolerance.ts';
import { controlName } from './control-name.ts';

const extraction = {
  ageOf: place().optional().describe('A timestamp in the answer: the value is its age in seconds.'),
  growthOf: place()
    .optional()
    .describe('A counter in the answer: the value is the seconds since it last grew.'),
  numberOf: place().optional().describe('A number in the answer.'),
  countOf: jsonPath().optional().describe('Items in the answer: the value is how many there are.'),
  behind: z
    .strictObject({
      at: place().describe('A number in the answer that grows, such as a revision or a position.'),
      source: z
        .union([
          z.strictObject({
            service: logicalName().describe('The service that has the newest, by logical name.'),
            path: urlPath().describe("The path below the service's URL."),
            headers: headers().optional().describe('Headers that are sent.'),
            numberOf: place().describe('The same number in its answer.'),
          }),
          z.strictObject({
            metric: logicalName().describe('A metric that is the same number, by logical name.'),
          }),
        ])
        .describe(
          'Where the newest is. It is read before the answer is asked for, about once a second, and from where the probe asks.',
        ),
    })
    .optional()
    .describe(
      'How far the answer is behind its source: the value is the number of the source less that of the answer, and never below 0.',
    ),
};

const extractionKeys = ['ageOf', 'growthOf', 'numberOf', 'countOf', 'behind'] as const;

/** What a tolerance on the one value needs to be extracted. */
const needs: Partial<Record<ToleranceName, readonly (typeof extractionKeys)[number][]>> = {
  age: ['ageOf', 'growthOf'],
  value: ['numberOf', 'behind'],
  count: ['countOf'],
};

/** Asks a service over HTTP, at a fixed rate. */
export const httpProbe = z
  .strictObject({
    http: z
      .strictObject({ ...requestKeys.shape, ...extraction })
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
    control: controlName(),
    tolerances: tolerancesSchema.describe('What it must see.'),
  })
  .superRefine((probe, context) => {
    for (const name of ['age', 'value', 'count'] as const) {
      const keys = needs[name] ?? [];
      if (probe.tolerances[name] === undefined || keys.some((key) => probe.http[key] !== undefined)) continue;
      context.addIssue({
        code: 'custom',
        path: ['tolerances', name],
        message: `nothing to compare with: add ${keys.map((key) => `http.${key}`).join(' or ')}`,
      });
    }
  });
