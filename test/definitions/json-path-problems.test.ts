import { expect, it } from 'vitest';
import { jsonPathProblemsOf } from '../../lib/definitions/json-path-problems.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { slowDatabase } from '../plan/examples.ts';

type Http = Extract<ExperimentDefinition['steadyState'][string], { http: unknown }>['http'];

const placesIn = (behind: Http['behind']): string[] =>
  jsonPathProblemsOf(
    experimentSchema.parse({
      ...slowDatabase,
      steadyState: {
        orders: { http: { service: 'shop', path: '/', behind }, tolerances: { value: { below: 5 } } },
      },
    }),
  ).map(({ path }) => path.join('.'));

it('JSONPaths of a value that is held against another are read too, on both sides', () => {
  const source = { service: 'store', path: '/', numberOf: '$.[' } as const;
  expect(placesIn({ at: '$[', source })).toEqual([
    'steadyState.orders.http.behind.at',
    'steadyState.orders.http.behind.source.numberOf',
  ]);
  expect(placesIn({ at: '$.n', source: { ...source, numberOf: '$.n' } })).toEqual([]);
});

it('headers and metrics are no JSONPaths', () => {
  const header = { header: 'x-revision' };
  expect(placesIn({ at: header, source: { metric: 'revision' } })).toEqual([]);
  expect(placesIn({ at: header, source: { service: 'store', path: '/', numberOf: header } })).toEqual([]);
});
