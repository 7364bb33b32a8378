import type { DefinitionKind } from './json-schema.ts';
import { valueAt } from './value-at.ts';

const stage = { share: 'one', duration: '1m' };

/** Of a game day, where it differs. */
const ofGameDay: Readonly<Record<string, unknown>> = { stages: [{ experiment: 'unnamed' }] };

/**
 * Something that fits in place of a part that must be there, by the part's name. It only lets the rest of a broken document be
 * judged: nothing is ever said of it.
 */
const fillers: Readonly<Record<string, unknown>> = {
  id: 'unnamed',
  title: 'unnamed',
  owner: 'unnamed',
  hypothesis: 'unnamed',
  path: '/',
  faults: { unnamed: { action: 'aws:ecs:stop-task', selector: { service: 'unnamed' } } },
  action: 'aws:ecs:stop-task',
  selector: { service: 'unnamed' },
  parameters: {},
  stages: [stage],
  share: stage.share,
  duration: stage.duration,
  recovery: { objective: '1m' },
  objective: '1m',
  environments: {},
  steadyState: {
    unnamed: { http: { service: 'unnamed', path: '/' }, tolerances: { p99: { below: '1m' } } },
  },
  account: '000000000000',
  region: 'eu-west-1',
  tag: { key: 'unnamed', value: 'unnamed' },
  production: true,
  owns: {},
  blastRadius: 'unnamed',
  experiment: 'unnamed',
  timeZone: 'UTC',
  roles: {},
};

export function fillerFor(
  kind: DefinitionKind,
  document: unknown,
  place: readonly (string | number)[],
): unknown {
  const name = place.at(-1);
  const own = kind === 'gameDay' ? { ...fillers, ...ofGameDay } : fillers;
  if (typeof name === 'number') return place.at(-2) === 'stages' ? valueAt(own, ['stages', 0]) : undefined;
  if (name === 'tolerances') {
    const ofMetric = valueAt(document, [...place.slice(0, -1), 'metric']) !== undefined;
    return ofMetric ? { value: { below: 1 } } : { p99: { below: '1m' } };
  }
  return name !== undefined && Object.hasOwn(own, name) ? own[name] : undefined;
}
