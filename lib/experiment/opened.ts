import * as z from 'zod';
import { findAction } from '../fis/catalogue.ts';
import { logicalName } from '../fis/name.ts';
import { findLabFault } from './lab-faults/lab-faults.ts';

/** More of either would be a matrix of tests in one experiment: each combination has FIS templates of its own. */
const mostNames = 3;
const mostCombinations = 12;

const valueSchema = z.union([z.string().min(1), z.number(), z.boolean()]);

/** What a definition opens to change at the start: name to the values it may have, the default first. */
export const opensSchema = z
  .record(logicalName(), z.array(valueSchema))
  .refine((opens) => Object.keys(opens).length <= mostNames, {
    error: `opens more than ${mostNames} names: open fewer, or write another experiment`,
  })
  .superRefine((opens, context) => {
    const combinations = Object.values(opens).reduce((product, values) => product * values.length, 1);
    if (combinations > mostCombinations) {
      context.addIssue({
        code: 'custom',
        path: [],
        message: `opens ${combinations} combinations, and each has FIS templates of its own: ${mostCombinations} are allowed`,
      });
    }
    for (const [name, values] of Object.entries(opens)) {
      const texts = values.map(String);
      if (new Set(texts).size < 2 || new Set(texts).size < texts.length) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'needs two values or more, each once: the first is what runs where nothing is set',
        });
      }
    }
  });

/** In place of a parameter's value: one of those that the definition opens under this name. */
export interface Opened {
  readonly opened: string;
}

/** What was chosen of what a definition opens, as texts. */
export type Chosen = Readonly<Record<string, string>>;

/** Where a definition uses an opened name. */
interface Place {
  readonly fault: string;
  readonly parameter: string;
  readonly name: string;
  readonly action: unknown;
}

const mapSchema = z.record(z.string(), z.unknown());
const openedSchema = z.strictObject({ opened: z.string() });

const mapOf = (value: unknown): Readonly<Record<string, unknown>> => mapSchema.safeParse(value).data ?? {};

/** The parameters of a definition's faults that are opened. */
export const openedPlaces = (written: unknown): Place[] =>
  Object.entries(mapOf(mapOf(written)['faults'])).flatMap(([fault, one]) =>
    Object.entries(mapOf(mapOf(one)['parameters'])).flatMap(([parameter, value]): Place[] => {
      const { data } = openedSchema.safeParse(value);
      return data === undefined
        ? []
        : [{ fault, parameter, name: data.opened, action: mapOf(one)['action'] }];
    }),
  );

/** What a definition opens, as far as it can be read. */
export const openedValues = (written: unknown): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    Object.entries(mapOf(mapOf(written)['opens'])).flatMap(([name, values]) =>
      Array.isArray(values) ? [[name, values]] : [],
    ),
  );

/** Pairs as a map of what nobody has looked at yet. */
const mapFrom = (pairs: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(pairs);

/** A definition with a value in each place that is opened; one whose name is not open stays as it is. */
export function withValues(written: unknown, values: Readonly<Record<string, unknown>>): unknown {
  const places = openedPlaces(written).filter(({ name }) => Object.hasOwn(values, name));
  if (places.length === 0) return written;
  const faults = Object.entries(mapOf(mapOf(written)['faults'])).map(([fault, one]): [string, unknown] => {
    const own = places.filter((place) => place.fault === fault);
    if (own.length === 0) return [fault, one];
    const put = mapFrom(own.map(({ parameter, name }) => [parameter, values[name]]));
    return [fault, { ...mapOf(one), parameters: { ...mapOf(mapOf(one)['parameters']), ...put } }];
  });
  return { ...mapOf(written), faults: mapFrom(faults) };
}

/** Every combination of indexes into the values of each name, that of the defaults first. */
export function combinationsOf(
  opens: Readonly<Record<string, readonly unknown[]>>,
): Readonly<Record<string, number>>[] {
  let all: Readonly<Record<string, number>>[] = [{}];
  for (const [name, values] of Object.entries(opens))
    all = values.flatMap((_, index) => all.map((others) => ({ ...others, [name]: index })));
  return all.slice(0, mostCombinations);
}

/** Whether a parameter may be opened: what names something is part of what is planned, owned and permitted. */
export function isOpenable(action: unknown, parameter: string): boolean {
  const known = typeof action === 'string' ? (findAction(action) ?? findLabFault(action)) : undefined;
  const fis = known?.fisParameters[parameter];
  // What does not exist is told by the schema of the parameters.
  if (fis === undefined) return true;
  return fis.names === undefined && !['hosts', 'list', 'json'].includes(fis.as);
}
