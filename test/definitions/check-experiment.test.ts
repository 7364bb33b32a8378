import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBroken, checkExperiment } from '../../lib/definitions/check-experiment.ts';
import { loadExperiment } from '../../lib/definitions/load-definition.ts';
import { loadProject } from '../../lib/definitions/project.ts';
import type { Problem } from '../../lib/experiment/steadfast-error.ts';
import { matching } from '../fakes/matching.ts';
import { shopLab, slowDatabase, staging } from '../plan/examples.ts';
import { temporaryProject } from './temporary-project.ts';
import { changed } from './told.ts';

const production = { ...staging, id: 'production', production: true };

/** The problems of an experiment among the example environments and lab, some of them replaced. */
async function problemsIn(
  experiment: unknown,
  others: Readonly<Record<string, unknown>> = {},
): Promise<readonly Problem[]> {
  const root = temporaryProject({
    'experiments/slow.json': experiment,
    'experiments/environments/staging.json': staging,
    'experiments/environments/production.json': production,
    'experiments/labs/shop.json': shopLab,
    ...others,
  });
  const project = await loadProject(root);
  const result = await loadExperiment(join(root, 'experiments/slow.json'));
  const problems =
    'loaded' in result ? checkExperiment(result.loaded, project) : checkBroken(result.broken, project);
  for (const { file } of problems) expect(file).toBe(join(root, 'experiments/slow.json'));
  return problems;
}

/** What is told of them as `line path: message (hint)`, but for the note on a share that its own test is about. */
async function told(experiment: unknown, others: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  const problems = await problemsIn(experiment, others);
  return problems
    .filter(({ code }) => code !== 'may-round-to-nothing')
    .map(
      ({ severity, path, line, message, hint }) =>
        `${severity === 'note' ? 'note ' : ''}${line === undefined ? 'no line' : 'line'} ${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
    );
}

/** Once for each environment and lab that the experiment names. */
const threeTimes = (message: RegExp): readonly RegExp[] => [message, message, message];

const change = (path: readonly (string | number)[], value: unknown) => changed(slowDatabase, path, value);

describe('checking an experiment', () => {
  it('finds nothing where every name resolves in every environment and lab', async () => {
    expect(await told(slowDatabase)).toEqual([]);
  });

  it('says once what is the same in every environment', async () => {
    expect(await problemsIn(change(['stages', 1, 'share'], '10%'))).toMatchObject([
      { code: 'may-round-to-nothing', severity: 'note', path: ['stages', 1, 'share'] },
    ]);
  });

  it.each<[string, readonly (string | number)[], unknown, readonly RegExp[]]>([
    [
      'an unknown environment',
      ['environments'],
      { stagin: {} },
      [/^line environments\.stagin: no environment is called 'stagin' \(did you mean 'staging'\?\)$/],
    ],
    ['an unknown lab', ['lab'], 'shpo', [/^line lab: no lab is called 'shpo' \(did you mean 'shop'\?\)$/]],
    [
      'an unknown service of a probe, in each target that lacks it',
      ['steadyState', 'products', 'http', 'service'],
      'shp',
      [/in environment 'staging' \(did you mean 'shop'\?\)$/, /in environment 'production'/, /in lab 'shop'/],
    ],
    [
      'an unknown guard',
      ['guards'],
      ['shopErors'],
      threeTimes(/^line guards\.0: no guard is called 'shopErors' in .* \(did you mean 'shopErrors'\?\)$/),
    ],
    [
      'an unknown service inside parameters',
      ['faults', 'slow', 'parameters', 'to'],
      ['databse'],
      threeTimes(
        /^line faults\.slow\.parameters\.to\.0: no service is called 'databse' .*\(did you mean 'database'\?\)$/,
      ),
    ],
    [
      'a selector that names the environment tag',
      ['faults', 'slow', 'selector'],
      { service: 'shop', tags: { Env: 'production' } },
      threeTimes(/^line faults\.slow\.selector\.tags\.Env: names the environment tag 'Env' of .*remove it/),
    ],
    [
      'a JSONPath that is none',
      ['steadyState', 'products', 'http', 'numberOf'],
      '$.[',
      [/^line steadyState\.products\.http\.numberOf: '\$\.\[' is no JSONPath: /],
    ],
    [
      'a JSONPath that is none among expectations',
      ['steadyState', 'products', 'http', 'expect'],
      { body: { '$[': 1 } },
      [/^line steadyState\.products\.http\.expect\.body\.\$\[: '\$\[' is no JSONPath/],
    ],
    [
      'a rollback by an unknown function',
      ['rollbacks'],
      { undo: { lambda: { function: 'undo' }, provenBy: 'products' } },
      threeTimes(/^line rollbacks\.undo\.lambda\.function: no function is called 'undo'/),
    ],
  ])('tells %s, with its line', async (_what, path, value, messages) => {
    expect(await told(change(path, value))).toEqual(messages.map((message) => matching(message)));
  });

  it('notes what a lab cannot play, which makes nothing wrong', async () => {
    const lab = changed(shopLab, ['services', 'mainframe'], { notRehearsable: 'there is only one' });
    const environment = (definition: unknown) =>
      changed(definition, ['services', 'mainframe'], { host: 'm.example.com' });
    const experiment = change(['faults', 'slow', 'parameters', 'to'], ['mainframe']);
    expect(
      await told(experiment, {
        'experiments/labs/shop.json': lab,
        'experiments/environments/staging.json': environment(staging),
        'experiments/environments/production.json': environment(production),
      }),
    ).toEqual([
      "note line faults.slow.parameters.to.0: lab 'shop' cannot play the service 'mainframe': there is only one",
    ]);
  });

  it('notes a fault that nobody could tell of whether it bit, unless it names a metric', async () => {
    const stream = 'arn:aws:kinesis:eu-west-1:111111111111:stream/orders';
    const declaring = (definition: unknown) =>
      changed(definition, ['services', 'shop', 'resources'], [stream]);
    const others = {
      'experiments/environments/staging.json': declaring(staging),
      'experiments/environments/production.json': declaring(production),
    };
    const fault = {
      action: 'aws:kinesis:stream-expired-iterator-exception',
      selector: { service: 'shop' },
      parameters: { calls: '50%' },
    };
    const codes = async (changes: object) =>
      (await problemsIn(change(['faults'], { slow: { ...fault, ...changes } }), others)).flatMap(
        ({ code, severity }) => (code === 'bite-unseen' ? [severity] : []),
      );
    expect(await codes({})).toEqual(['note']);
    expect(await codes({ bite: { metric: 'errorRate', rises: '20%' } })).toEqual([]);
  });

  it('says of an environment or lab with problems of its own that it has them, not that there is none', async () => {
    const broken = {
      'experiments/environments/staging.json': changed(staging, ['region'], 'x'),
      'experiments/labs/shop.json': '{',
    };
    expect(await told(slowDatabase, broken)).toEqual([
      "line environments.staging: the environment 'staging' has problems of its own, so that nothing can be checked against it (mend them first: steadfast check experiments/environments/staging.json)",
      "line lab: the lab 'shop' has problems of its own, so that nothing can be checked against it (mend them first: steadfast check experiments/labs/shop.json)",
    ]);
  });
});

describe('checking an experiment that does not fit its schema', () => {
  it('tells its names that do not resolve, too, in the order of its lines', async () => {
    const experiment = [
      [['titel'], 'x'],
      [['steadyState', 'products', 'http', 'service'], 'shp'],
      [['stages', 0, 'duration'], 'long'],
      [['environments', 'production'], undefined],
      [['lab'], 'shpo'],
    ] as const;
    const document = experiment.reduce<unknown>(
      (whole, [path, value]) => changed(whole, path, value),
      slowDatabase,
    );
    expect((await told(document)).map((text) => text.split(/[:(]/)[0]?.trim())).toEqual([
      'line steadyState.products.http.service',
      'line stages.0.duration',
      'line lab',
      'line titel',
    ]);
  });

  it('is told only what its file has, where nothing of it can be read', async () => {
    expect(await told('{')).toHaveLength(1);
    expect(await told('5')).toHaveLength(1);
  });
});
