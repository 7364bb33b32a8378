import { describe, expect, it } from 'vitest';
import { type ExperimentDefinition, experimentSchema } from '../../../lib/experiment/experiment.ts';
import { runLengthProblemsOf, runLimits } from '../../../lib/plan/problems/run-length-problems.ts';
import runner from '../../../lib/run/runner.asl.json' with { type: 'json' };
import { matching, withFields } from '../../fakes/matching.ts';
import { environmentTarget, problemsIn, slowDatabase, staging } from '../examples.ts';

const target = environmentTarget();

const problemsOf = (changes: Partial<ExperimentDefinition>) =>
  runLengthProblemsOf(experimentSchema.parse({ ...slowDatabase, ...changes }), target);

const stage = (duration: `${number}m`, soak?: `${number}m`) =>
  ({ share: 'one', duration, ...(soak === undefined ? {} : { soak }) }) as const;

describe('the length of a run', () => {
  it('is bounded by what the runner lives', () => {
    expect(runner.TimeoutSeconds * 1_000).toBe(runLimits.ms);
  });

  it('is no problem for the longest fault that FIS allows, also where it waits for an approval', () => {
    const stages = [stage('360m'), stage('360m')];
    expect(problemsOf({ stages })).toEqual([]);
    expect(problemsOf({ stages, environments: { staging: { approval: { within: '3h' } } } })).toEqual([]);
  });

  it('is refused where stages, soaks and the wait for an approval are too much together, with what each takes', () => {
    const stages = [stage('240m', '120m'), stage('240m', '120m'), stage('10m')];
    const [problem, ...others] = problemsOf({
      stages,
      environments: { staging: { approval: { within: '4h' } } },
    });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'too-long-run',
      path: ['stages'],
      message: matching(
        /^a run in environment 'staging' may last 16 h 33 min, and the runner ends after 16 h: approval 4 h, baseline 60 s, stages 8 h 16 min, soaks 4 h, recovery 16 min$/,
      ),
    });
  });

  it('is refused where its steps would fill the history of an execution', () => {
    const stages = Array.from({ length: 280 }, () => stage('1m'));
    expect(problemsOf({ stages })).toEqual([]);
    const many = Array.from({ length: 299 }, () => stage('1m', '0.1m'));
    const last = stage('1m');
    expect(problemsOf({ stages: [...many, last] })).toEqual([
      withFields({ code: 'too-many-events', path: ['stages'] }),
    ]);
  });

  it('is checked with everything else', () => {
    const stages = [stage('240m', '240m'), stage('240m', '240m'), stage('10m')];
    expect(
      problemsIn({ ...slowDatabase, stages, environments: { staging: {} } }, environmentTarget(staging)),
    ).toEqual(['too-long-run stages']);
  });
});
