import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import type { ImportResult } from '../../../lib/import/import-source.ts';
import { isLong } from '../../setup.ts';
import { ambiguous, importTemplate, importText, project, stopTasks, withAction } from './importing.ts';

const tagged = (type: string, more: object = {}) => ({
  resourceType: type,
  resourceTags: { Service: 'shop', Env: 'staging' },
  ...more,
});

/** Templates that are as they should be; what is tried are these with something else in some of their places. */
const sound: readonly unknown[] = [
  stopTasks,
  { experimentTemplate: stopTasks },
  { Resources: { Half: { Type: 'AWS::FIS::ExperimentTemplate', Properties: asCloudFormation() } } },
  withAction(
    'aws:ecs:task-network-latency',
    { duration: 'PT5M', delayMilliseconds: '500', sources: 'database.example.com', flowsPercent: '50' },
    {
      key: 'Tasks',
      value: tagged('aws:ecs:task', { filters: [{ path: 'AvailabilityZone', values: ['a'] }] }),
    },
  ),
  withAction(
    'aws:ssm:send-command',
    {
      duration: 'PT2M',
      documentArn: 'arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress',
      documentParameters: '{"DurationSeconds": "120", "password": "canary-in-json"}',
    },
    { key: 'Instances', value: tagged('aws:ec2:instance', { selectionMode: 'COUNT(2)' }) },
  ),
  withAction(
    'aws:eks:pod-delete',
    { kubernetesServiceAccount: 'fis', gracePeriodSeconds: '0' },
    {
      key: 'Pods',
      value: {
        resourceType: 'aws:eks:pod',
        parameters: {
          clusterIdentifier: 'shop',
          namespace: 'shop',
          selectorType: 'labelSelector',
          selectorValue: 'app=shop',
        },
      },
    },
  ),
  {
    ...stopTasks,
    actions: {
      First: stopTasks.actions.Stop,
      Rest: { actionId: 'aws:fis:wait', parameters: { duration: 'PT3M' }, startAfter: ['First'] },
      Second: { ...stopTasks.actions.Stop, startAfter: ['Rest'] },
    },
  },
];

/** The sound template as CloudFormation spells it. */
function asCloudFormation(): object {
  const capital = (node: object) =>
    Object.fromEntries(
      Object.entries(node).map(([key, item]) => [key.charAt(0).toUpperCase() + key.slice(1), item]),
    );
  const { targets, actions, stopConditions, ...rest } = stopTasks;
  return {
    ...capital(rest),
    Targets: { Tasks: capital(targets.Tasks) },
    Actions: { Stop: capital(actions.Stop) },
    StopConditions: stopConditions.map(capital),
  };
}

const places = (value: unknown, path: (string | number)[] = []): (string | number)[][] => {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...inner.flatMap(([step, item]) => places(item, [...path, step]))];
};

const words = [
  '',
  'shop',
  'Env',
  'staging',
  'production',
  'none',
  'ALL',
  'COUNT(3)',
  'PERCENT(0)',
  'PERCENT(100)',
  'PT0S',

  'PT13H',
  'P400D',
  '-1',
  '1e9',
  'true',
  'aws:fis:wait',
  'aws:ecs:stop-task',
  'aws:ec2:stop-instances',
  '{}',

  '[]',
  '{"a":{"b":[1]}}',
  'arn:aws:ecs:eu-west-1:111111111111:task/a',
  'a b',
  '\u0000',
  '\ud800',
  '<<',
  '__proto__',

  'constructor',
  '# a',
  'a: b',
  '\u2028',
  'token=abcdefgh',
  'https://user:canary-in-url@a',
  '\u{1f600}',
  '😀'.repeat(80),
];

const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...words) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(null, 1, true, [], {}, [{}], { a: 1 }, ['Stop'], {
      password: 'canary-by-key',
    }),
  },
);

/** A value with something else at a path; without it where that is `undefined`. */
function changed(value: unknown, [step, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value))
    return value.map((item: unknown, index): unknown => (index === step ? changed(item, rest, to) : item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === step ? changed(item, rest, to) : item]),
  );
}

/** A sound template with up to five places changed, some keys renamed. */
const broken = fc
  .tuple(
    fc.constantFrom(...sound),
    fc.array(fc.tuple(fc.nat(), fc.oneof(anything, fc.constant(undefined))), { maxLength: 5 }),
    fc.option(
      fc.tuple(
        fc.constantFrom('Service', 'Tasks', 'Stop', 'Act', 'Hit', 'values'),
        fc.constantFrom(...words),
      ),
    ),
  )
  .map(([template, changes, renamed]) => {
    let value = template;
    for (const [at, to] of changes) {
      const all = places(value);
      value = changed(value, all[at % all.length] ?? [], to);
    }
    const text = JSON.stringify(value) ?? 'null';
    return renamed === null ? text : text.replace(JSON.stringify(renamed[0]), JSON.stringify(renamed[1]));
  });

const leaves = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 1;
  const items: unknown[] = Object.values(value);
  return items.length === 0 ? 1 : items.reduce<number>((sum, item) => sum + leaves(item), 0);
};

function expectSound(text: string, result: ImportResult, environment: string | undefined): void {
  if (result.format !== 'fis') return;
  const paths = result.fields.map(({ document, path }) => JSON.stringify([document, path]));
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toHaveLength(leaves(JSON.parse(text)));
  expect(result.refusals.map(({ code }) => code)).not.toContain('unfit');
  if (result.refusals.length > 0) expect(result.definitions).toEqual([]);
  for (const imported of result.definitions) {
    const { definition } = imported;
    if (imported.kind !== 'experiment') throw new Error('it is no experiment');
    const parsed = experimentSchema.parse(imported.definition);
    for (const fault of Object.values(parsed.faults)) {
      if ('selector' in fault) expect(Object.keys(fault.selector.tags ?? {})).not.toContain('Env');
    }
    expect(Object.keys(parsed.environments ?? {})).toEqual([environment ?? 'staging']);
    const again = importText(`${definition.id}.yaml`, imported.text);
    expect(again.problems).toEqual([]);
    expect(again.definitions.map((one) => one.text)).toEqual([imported.text]);
  }
  expect(JSON.stringify(result)).not.toMatch(/canary-/);
}

describe('whatever a template of FIS holds', () => {
  it('comes to a definition that is safe or to a reason, with every field accounted for once', () => {
    fc.assert(
      fc.property(
        broken,
        fc.boolean(),
        fc.constantFrom(undefined, 'staging', 'production'),
        fc.boolean(),
        (text, fix, environment, isAmbiguous) => {
          const options = {
            fix,
            project: isAmbiguous ? ambiguous : project,
            ...(environment === undefined ? {} : { environment }),
          };
          expectSound(text, importText('template.json', text, options), environment);
        },
      ),
      { numRuns: isLong ? 10_000 : 300 },
    );
  });

  it('comes to a result for any data at all', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, fix) => {
        const template = {
          targets: value,
          actions: { a: { actionId: 'aws:fis:wait' } },
          stopConditions: value,
        };
        expectSound(JSON.stringify(template), importTemplate(template, { fix }), undefined);
      }),
      { numRuns: isLong ? 10_000 : 200 },
    );
  });
});
