import { describe, expect, it } from 'vitest';
import { deployedEnvironment } from '../../lib/cdk/deployed-environment.ts';
import { fullStackProblems, sizeOf, stackLimits } from '../../lib/cdk/stack-size.ts';
import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { longestId } from '../../lib/experiment/names.ts';
import { matching } from '../fakes/matching.ts';
import { slowDatabase, staging, stopTasks } from '../plan/examples.ts';
import { synthesize, templateNamed } from './synthesis.ts';

/** The cdk command has every resource say where in the app it was made; what a stack holds counts that too. */
const context = { 'aws:cdk:enable-path-metadata': true };

const scheduled = {
  schedule: 'cron(0 2 ? * WED *)',
  timeZone: 'Europe/Dublin',
  flexibleWindow: '15m',
} as const;

const experiment = (changes: Partial<ExperimentDefinition>): ExperimentDefinition => ({
  ...slowDatabase,
  stages: [{ share: 'one', duration: '2m' }],
  environments: { staging: scheduled },
  ...changes,
});

const many = (count: number, changes: Partial<ExperimentDefinition> = {}) =>
  Array.from({ length: count }, (_, index) => experiment({ id: `experiment-${index}`, ...changes }));

const stages = (count: number) =>
  Array.from({ length: count }, () => ({ share: 'one', duration: '1m' }) as const);

const read = (definition: ExperimentDefinition) => ({
  definition,
  parsed: experimentSchema.parse(definition),
});

const deployed = (environment: EnvironmentDefinition) =>
  deployedEnvironment(environment, environmentSchema.parse(environment));

const problems = (experiments: readonly ExperimentDefinition[]) =>
  fullStackProblems(experiments.map(read), deployed(staging));

/** The one experiments stack that definitions come to, in resources and bytes. */
function synthesizedSize(
  experiments: readonly ExperimentDefinition[],
  environment: EnvironmentDefinition = staging,
) {
  const environments = [environment];
  const name = `steadfast-${environment.id}-experiments-${experiments[0]?.owner}`;
  const template = templateNamed(synthesize({ experiments, environments, context }), name);
  return {
    resources: Object.keys(template.Resources).length,
    bytes: Buffer.byteLength(JSON.stringify(template)),
  };
}

describe('the size of an experiment in its stack', () => {
  const longest = 'x'.repeat(longestId);
  const guards = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [
      `guard${index}`,
      { alarm: `${longest}-${index}`, watches: 'production' },
    ]),
  );
  const cases: [string, ExperimentDefinition, EnvironmentDefinition][] = [
    ['one stage', experiment({}), staging],
    ['no schedule', experiment({ environments: { staging: {} } }), staging],
    ['many stages', experiment({ stages: stages(40) }), staging],
    ['another fault', { ...stopTasks, environments: { staging: scheduled } }, staging],
    ['words that take more bytes than characters', experiment({ title: 'ä"'.repeat(250) }), staging],
    ['a long request', experiment({ description: '{"a": "b"}\n'.repeat(1_000) }), staging],
    ['as many guards as FIS takes', experiment({ guards: [], stages: stages(9) }), { ...staging, guards }],
    [
      'the longest ids, far away, in production',
      experiment({ id: longest, owner: longest, stages: stages(3), environments: { [longest]: scheduled } }),
      { ...staging, id: longest, region: 'us-gov-west-1', production: true },
    ],
  ];
  it.each(cases)(
    'is told before it is synthesized, never too small and never much too large: %s',
    (_, definition, environment) => {
      const told = sizeOf(read(definition), deployed(environment));
      // What stands once in a stack weighs little in one that is full.
      const frame = { resources: 1, bytes: 1_200 };
      const actual = synthesizedSize([definition], environment);
      expect(told.resources + frame.resources).toBe(actual.resources);
      expect(told.bytes + frame.bytes).toBeGreaterThanOrEqual(actual.bytes);
      expect(told.bytes).toBeLessThan(actual.bytes * 1.15);
    },
  );
});

describe('a stack of experiments', () => {
  it('is full at 500 resources, and is then what CloudFormation takes', () => {
    const full = [...many(11, { stages: stages(40) }), experiment({ stages: stages(23) })];
    expect(problems(full)).toEqual([]);
    expect(synthesizedSize(full).resources).toBe(stackLimits.resources);
    const [problem] = problems([...many(11, { stages: stages(40) }), experiment({ stages: stages(24) })]);
    expect(problem?.message).toMatch(
      /^the 12 experiments of team-shop come to 501 resources and \d+ kB, and CloudFormation takes 500 resources and 1000 kB in one stack$/,
    );
  });

  it('is full at a megabyte, and is then what CloudFormation takes', () => {
    const changes = { description: 'What it teaches, at length. '.repeat(70) };
    let count = 50;
    while (problems(many(count + 1, changes)).length === 0) count += 1;
    const { bytes } = synthesizedSize(many(count, changes));
    expect(bytes).toBeLessThanOrEqual(stackLimits.bytes);
    expect(bytes).toBeGreaterThan(stackLimits.bytes * 0.88);
  });

  it('is refused when it is more than full, with an owner that nobody is and how many it takes', () => {
    const experiments = [
      ...many(40, { stages: stages(25), owner: 'team-shop' }),
      experiment({ id: 'another', owner: 'team-shop-2' }),
    ];
    expect(problems(experiments)).toEqual([
      {
        code: 'full-stack',
        path: [],
        message: matching(/^the 40 experiments of team-shop come to 1121 resources and \d+ kB/),
        hint: 'give some of them another owner, such as team-shop-3: it takes 3 owners to hold them all',
      },
    ]);
  });

  it('is refused with another owner that is no longer than an id may be', () => {
    const [problem] = problems(many(40, { stages: stages(25), owner: 'x'.repeat(longestId) }));
    const [, owner = ''] = /such as ([a-z0-9-]+):/.exec(problem?.hint ?? '') ?? [];
    expect(owner.length).toBeLessThanOrEqual(longestId);
    expect(owner).toMatch(/^x+-2$/);
  });

  it('is refused with the experiment that alone is more than full', () => {
    // Twelve ways to run, each with templates of its own.
    const large = experiment({
      id: 'large',
      stages: stages(42),
      opens: { delay: ['1s', '2s', '3s', '4s'], jitter: ['0ms', '1ms', '2ms'] },
      faults: {
        slow: {
          ...slowDatabase.faults.slow,
          parameters: { delay: { opened: 'delay' }, jitter: { opened: 'jitter' }, to: ['database'] },
        },
      },
    });
    expect(problems([large, experiment({})])[0]?.hint).toMatch(
      /^split the experiment 'large': it alone comes to 507 resources and \d+ kB$/,
    );
  });

  it('is refused for each owner that has too many', () => {
    const full = (owner: string) =>
      many(40, { stages: stages(25), owner }).map((one) => ({ ...one, id: `${owner}-${one.id}` }));
    const messages = problems([...full('a'), ...full('b'), experiment({})]).map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching('^the 40 experiments of a'),
      expect.stringMatching('^the 40 experiments of b'),
    ]);
  });
});
