import type { KnownProject } from './known-project.ts';

/** Who owns an experiment in a project that has none yet. */
const unknownOwner = 'my-team';

/** The team whose experiments have to do with the service, else the one that has the most. */
export function ownerOf(service: string, { experiments }: KnownProject): string {
  const near = experiments.filter(({ faults, steadyState }) =>
    JSON.stringify([faults, steadyState]).includes(`"${service}"`),
  );
  const counts = Map.groupBy(near.length > 0 ? near : experiments, ({ owner }) => owner);
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? unknownOwner;
}
