import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../../lib/experiment/experiment.ts';
import { environmentTarget, labTarget, problemsIn, slowDatabase } from '../examples.ts';

describe('what a control asks', () => {
  const withControl = (service: string): ExperimentDefinition => ({
    ...slowDatabase,
    controls: { untouched: { http: { service, path: '/', headers: { 'x-key': { secret: 'key' } } } } },
  });

  it('is named and resolved as what a probe asks', () => {
    expect(problemsIn(withControl('web'))).toEqual([
      'unknown-name controls.untouched.http.service',
      'unknown-name controls.untouched.http.headers.x-key.secret',
    ]);
    expect(problemsIn(withControl('database'), labTarget())).toEqual([
      'no-url controls.untouched.http.service',
    ]);
  });
});

describe('what an answer is compared with', () => {
  const compared = (source: object): ExperimentDefinition => ({
    ...slowDatabase,
    steadyState: {
      lag: {
        http: {
          service: 'shop',
          path: '/',
          behind: { at: '$.n', source: { path: '/', numberOf: '$.n', service: 'shop', ...source } },
        },
        tolerances: { value: { below: 5 } },
      },
    },
  });

  it('is named and resolved as what a probe asks', () => {
    expect(problemsIn(compared({}))).toEqual([]);
    expect(problemsIn(compared({ service: 'web' }))).toEqual([
      'unknown-name steadyState.lag.http.behind.source.service',
    ]);
    expect(problemsIn(compared({ service: 'database' }))).toEqual([
      'no-url steadyState.lag.http.behind.source.service',
    ]);
    expect(problemsIn(compared({ headers: { 'x-key': { secret: 'key' } } }))).toEqual([
      'unknown-name steadyState.lag.http.behind.source.headers.x-key.secret',
    ]);
  });

  it('may be a metric', () => {
    const definition = (metric: string): ExperimentDefinition => ({
      ...slowDatabase,
      steadyState: {
        lag: {
          http: { service: 'shop', path: '/', behind: { at: '$.n', source: { metric } } },
          tolerances: { value: { below: 5 } },
        },
      },
    });
    expect(problemsIn(definition('errorRate'))).toEqual([]);
    expect(problemsIn(definition('revision'))).toEqual([
      'unknown-name steadyState.lag.http.behind.source.metric',
    ]);
  });
});

describe('an ECS service that a probe looks at', () => {
  const looking = (service: string): ExperimentDefinition => ({
    ...slowDatabase,
    steadyState: {
      tasks: { ecsService: { service, shareOf: 'running' }, tolerances: { value: { above: 0.5 } } },
    },
  });

  it('is one that the environment declares, or the replicas of a lab', () => {
    expect(problemsIn(looking('shop'))).toEqual([]);
    expect(problemsIn(looking('shop'), labTarget())).toEqual([]);
  });

  it('must be one', () => {
    for (const target of [environmentTarget(), labTarget()]) {
      expect(problemsIn(looking('database'), target)).toEqual([
        'no-ecs-service steadyState.tasks.ecsService.service',
      ]);
    }
  });
});
