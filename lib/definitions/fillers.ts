import { valueAt } from './value-at.ts';

const stage = { share: 'one', duration: '1m' };

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
};

export function fillerFor(document: unknown, place: readonly (string | number)[]): unknown {
  const name = place.at(-1);
  if (typeof name === 'number') return place.at(-2) === 'stages' ? stage : undefined;
  if (name === 'tolerances') {
    const ofMetric = valueAt(document, [...place.slice(0, -1), 'metric']) !== undefined;
    return ofMetric ? { value: { below: 1 } } : { p99: { below: '1m' } };
  }
  return name !== undefined && Object.hasOwn(fillers, name) ? fillers[name] : undefined;
}
