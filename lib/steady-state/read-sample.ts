import type * as z from 'zod/mini';
import { messageOf, type Problem } from '../experiment/steadfast-error.ts';
import { show } from '../fis/quantity.ts';
import { markSchema, type Observation, sampleSchema } from './observation.ts';

export type ReadSample =
  | { readonly observation: Observation }
  | { readonly problems: readonly [Problem, ...Problem[]] };

/** Reads one line of samples; undefined for a blank one. The problems' paths begin at the line's own object. */
export function readSample(text: string): ReadSample | undefined {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { problems: [noJson(text, messageOf(cause))] };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = `${Array.isArray(value) ? 'a list' : show(value)} is no sample and no mark`;
    return { problems: [{ code: 'wrong-type', path: [], message, hint: oneObject }] };
  }
  return 'mark' in value
    ? readBy(markSchema, 'mark', value, Object.keys(sampleSchema.shape))
    : readBy(sampleSchema, 'sample', value, Object.keys(markSchema.shape));
}

const oneObject = 'write one JSON object a line: {"at": ..., "probe": ...} or {"at": ..., "mark": ...}';

/** Other languages write these where there is no number; JSON knows none of them. */
const noNumber = /[:[,]\s*(-?(?:nan|inf(?:inity)?))\b/i;

function noJson(text: string, reason: string): Problem {
  const found = noNumber.exec(text)?.[1];
  return found === undefined
    ? { code: 'no-json', path: [], message: `is no JSON: ${reason}`, hint: oneObject }
    : {
        code: 'no-number',
        path: [],
        message: `holds ${found}, which is no number in JSON`,
        hint: 'leave the field out where there was nothing to measure',
      };
}

function readBy(
  schema: typeof sampleSchema | typeof markSchema,
  kind: 'sample' | 'mark',
  value: object,
  ofTheOther: readonly string[],
): ReadSample {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const { data } = parsed;
    // A mark's other ends say nothing of a fault that has ended.
    if ('mark' in data && data.bite !== undefined && data.mark !== 'fault-end')
      return { problems: [misplacedBite(data.mark)] };
    return { observation: data };
  }
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownField(key, kind, Object.keys(schema.shape), ofTheOther))
      : [problemOf(issue, value)],
  );
  const [first = { code: 'invalid', path: [], message: parsed.error.message }, ...others] = problems;
  return { problems: [first, ...others] };
}

const misplacedBite = (mark: string): Problem => ({
  code: 'misplaced',
  path: ['bite'],
  message: `a mark '${mark}' cannot say whether a fault bit`,
  hint: "move it to the mark 'fault-end' of that fault",
});

function unknownField(
  key: string,
  kind: 'sample' | 'mark',
  known: readonly string[],
  ofTheOther: readonly string[],
): Problem {
  const other = kind === 'mark' ? 'sample' : 'mark';
  return ofTheOther.includes(key)
    ? {
        code: 'unknown-key',
        path: [key],
        message: `'${key}' belongs to a ${other}, and this is a ${kind}`,
        hint: `write the ${other} on a line of its own`,
      }
    : {
        code: 'unknown-key',
        path: [key],
        message: `a ${kind} has no field '${key}'`,
        candidates: known,
        hint: 'leave it out',
      };
}

function problemOf(issue: z.core.$ZodIssue, value: object): Problem {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const field = String(path[0] ?? '');
  const got: unknown = Reflect.get(value, field);
  const problem = (code: string, message: string, hint?: string): Problem => ({
    code,
    path,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  if (got === undefined) return problem('missing', `'${field}' is missing`, oneObject);
  if (typeof got === 'number' && !Number.isFinite(got))
    return problem(
      'no-number',
      `'${field}' is larger than any number that can be computed with`,
      'leave the field out where there was nothing to measure',
    );
  switch (issue.code) {
    case 'too_small':
      return problem(
        'negative',
        `'${field}' is ${show(got)}, and nothing takes less than no time`,
        'a clock that was set back gives such latencies: measure with one that only goes forward',
      );
    case 'invalid_value':
      return problem('unknown-value', `${show(got)} is none of ${issue.values.join(', ')}`);
    case 'invalid_type':
      return problem(
        'wrong-type',
        `'${field}' is ${show(got)}, not ${typeNames[issue.expected] ?? issue.expected}`,
        got === null ? 'leave the field out where there was nothing to measure' : undefined,
      );
    default:
      return field === 'at'
        ? problem(
            'no-time',
            `${show(got)} is no time`,
            'write ISO 8601 in UTC, such as 2026-05-01T09:30:00.000Z',
          )
        : problem('invalid', `'${field}': ${show(got)}: ${issue.message}`);
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
