import * as z from 'zod/mini';
import { experimentSchema } from '../../experiment/experiment.ts';
import { parseDuration } from '../../fis/quantity.ts';
import type { Journal } from '../../run/journal.ts';
import type { ToleranceJudgement } from '../../steady-state/judgement.ts';
import { limitsOf } from '../../steady-state/limit.ts';
import type { ToldDefinition } from './definition.ts';
import type { ProbeActivity } from './schema.ts';

/** A limit on what a probe sees, judged or not. */
export type ToldLimit = Pick<ToleranceJudgement, 'probe' | 'tolerance' | 'limit' | 'limitValue' | 'unit'>;

/** Every limit of the steady state, in the definition's order; of a definition that cannot be read those that were judged. */
export function limitsIn(journal: Journal): ToldLimit[] {
  const read = experimentSchema.safeParse(journal.experiment.definition);
  if (!read.success) return judgedLimits(journal);
  return Object.entries(read.data.steadyState).flatMap(([probe, { tolerances }]) =>
    limitsOf(tolerances).map(({ tolerance, text, value, unit }) => ({
      probe,
      tolerance,
      limit: text,
      limitValue: value,
      unit,
    })),
  );
}

function judgedLimits({ baseline, stages, recovery }: Journal): ToldLimit[] {
  const all = [baseline, ...stages, ...(recovery === undefined ? [] : [recovery])];
  const judged = all.flatMap(({ tolerances }) => tolerances);
  return [...new Map(judged.map((one) => [`${one.probe} ${one.tolerance}`, one])).values()];
}

/** A limit as a probe of Chaos Toolkit, which has one tolerance each. */
export const probeActivity = (limit: ToldLimit, definition: ToldDefinition): ProbeActivity => ({
  type: 'probe',
  name: `${limit.probe}: ${limit.tolerance} ${limit.limit}`,
  tolerance: { type: 'range', target: 'observed', range: rangeOf(limit) },
  provider: providerOf(limit.probe, definition),
});

/** The ends of what is allowed: where there is none the outermost number that every reader of JSON keeps as it is. */
function rangeOf({ limit, limitValue, unit }: ToldLimit): [number, number] {
  const { MIN_SAFE_INTEGER: least, MAX_SAFE_INTEGER: most } = Number;
  if (limit.startsWith('at least')) return [limitValue, most];
  // Only a bare value, which has no unit, can have a lower limit or be negative.
  if (unit !== '') return [0, limitValue];
  const above = /above (\S+)/.exec(limit)?.[1];
  const below = /below (\S+)/.exec(limit)?.[1];
  return [above === undefined ? least : Number(above), below === undefined ? most : Number(below)];
}

const httpProbe = z.looseObject({
  http: z.looseObject({
    service: z.string(),
    path: z.string(),
    method: z.optional(z.string()),
  }),
  timeout: z.optional(z.string()),
});

/** How a probe looks. Headers, bodies and queries are left out: they may be credentials, and reports are passed around. */
function providerOf(name: string, { steadyState }: ToldDefinition): ProbeActivity['provider'] {
  const probe = steadyState[name] ?? {};
  const http = httpProbe.safeParse(probe);
  if (http.success) {
    const { service, path, method = 'GET' } = http.data.http;
    const timeout = parseDuration(http.data.timeout ?? '');
    return {
      type: 'http',
      url: `http://${service}${path.replace(/[?#].*$/s, '')}`,
      method,
      ...(timeout === undefined ? {} : { timeout: timeout.ms / 1_000 }),
    };
  }
  const [kind = 'probe'] = Object.keys(probe);
  return { type: 'python', module: 'steadfast', func: kind, arguments: { probe: name } };
}
