import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../../lib/experiment/experiment.ts';
import { type ImportOptions, type ImportResult, importSource } from '../../../lib/import/import-source.ts';
import type { KnownProject } from '../../../lib/recipes/known-project.ts';
import { declaring, environmentTarget, labTarget, staging as plain } from '../../plan/examples.ts';

/** Staging with one of everything that a template can name. */
const staging: EnvironmentDefinition = {
  ...declaring,
  services: {
    ...declaring.services,
    database: {
      host: 'database.example.com',
      tags: { Service: 'database' },
      has: ['aws:rds:cluster', 'aws:rds:db'],
    },
    cache: { tags: { Service: 'cache' }, has: ['aws:elasticache:replicationgroup'] },
    workers: { tags: { Service: 'workers', Part: 'jobs' }, has: ['aws:ec2:instance'] },
  },
  guards: { ...declaring.guards, latency: { alarm: 'shop-latency' } },
};

const production: EnvironmentDefinition = {
  ...plain,
  id: 'production',
  account: '222222222222',
  tag: { key: 'Env', value: 'production' },
  production: true,
  services: {
    shop: {
      ...plain.services.shop,
      ecs: { cluster: 'live', service: 'shop' },
      eks: {
        cluster: 'arn:aws:eks:eu-west-1:222222222222:cluster/live',
        namespace: 'shop-live',
        pods: { label: 'app=shop' },
        serviceAccount: 'fis',
      },
    },
  },
};

/** A project with one environment beside production. */
export const project: KnownProject = {
  experiments: [],
  environments: [environmentTarget(staging), environmentTarget(production)],
  labs: [labTarget()],
  paths: { shop: '/products' },
};

/** The same with two, so that nobody can tell which is meant. */
export const ambiguous: KnownProject = {
  ...project,
  environments: [
    ...project.environments,
    environmentTarget({ ...staging, id: 'sandbox', tag: { key: 'Stage', value: 'sandbox' } }),
  ],
};

/** A template as it should be: confined to staging, with an alarm. */
export const stopTasks = {
  description: 'Half of the shop stops',
  targets: {
    Tasks: {
      resourceType: 'aws:ecs:task',
      resourceTags: { Service: 'shop', Env: 'staging' },
      selectionMode: 'PERCENT(50)',
    },
  },
  actions: { Stop: { actionId: 'aws:ecs:stop-task', targets: { Tasks: 'Tasks' } } },
  stopConditions: [
    {
      source: 'aws:cloudwatch:alarm',
      value: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop-latency',
    },
  ],
  roleArn: 'arn:aws:iam::111111111111:role/fis',
} as const;

/** The same with another target and action, and whatever else is to be changed. */
export const templateWith = (changed: Readonly<Record<string, unknown>>) => ({ ...stopTasks, ...changed });

/** The template of one action on one target. */
export const withAction = (
  actionId: string,
  parameters: Readonly<Record<string, unknown>>,
  target?: { readonly key: string; readonly value: Readonly<Record<string, unknown>> },
) =>
  templateWith({
    targets: target === undefined ? {} : { Hit: { selectionMode: 'ALL', ...target.value } },
    actions: {
      Act: { actionId, parameters, ...(target === undefined ? {} : { targets: { [target.key]: 'Hit' } }) },
    },
  });

/** The template with its one target changed; a field that is undefined is taken out. */
export const withTarget = (changed: Readonly<Record<string, unknown>>) =>
  templateWith({ targets: { Tasks: { ...stopTasks.targets.Tasks, ...changed } } });

export function importText(name: string, text: string, options: Partial<ImportOptions> = {}): ImportResult {
  return importSource(name, new TextEncoder().encode(text), { project, map: {}, fix: false, ...options });
}

export const importTemplate = (value: unknown, options: Partial<ImportOptions> = {}): ImportResult =>
  importText('template.json', JSON.stringify(value), options);

/** The first definition that came of an import. */
export function definitionIn(result: ImportResult): ExperimentDefinition {
  const [first] = result.definitions;
  if (first?.kind !== 'experiment')
    throw new Error(`no experiment: ${JSON.stringify([result.refusals, result.problems])}`);
  return first.definition;
}

/** What became of the field at a path: `mapped to`, `approximated to: why`. */
export function fateOf(result: ImportResult, path: string): string | undefined {
  const field = result.fields.find((one) => one.path.join('.') === path);
  if (field === undefined) return undefined;
  return [
    field.outcome,
    field.to === undefined ? '' : ` ${field.to}`,
    field.why === undefined ? '' : `: ${field.why}`,
  ]
    .join('')
    .trim();
}

/** What is refused: `code path`. */
export const refusedIn = ({ refusals }: ImportResult): string[] =>
  refusals.map(
    ({ code, path, fixable }) => `${code} ${path.join('.')}${fixable === true ? ' (fixable)' : ''}`,
  );

/** What is to be decided, by its place in the definition. */
export const decidedIn = ({ decisions }: ImportResult): Record<string, string> =>
  Object.fromEntries(decisions.map(({ path, question }) => [path.join('.'), question]));

/** The selector of a fault of the first definition. */
export const selectorIn = (result: ImportResult, fault = 'Act'): unknown =>
  Reflect.get(definitionIn(result).faults[fault] ?? {}, 'selector');

/** What the template looks like once it is mended. */
export const afterIn = (result: ImportResult): unknown => JSON.parse(result.mended?.after ?? 'null');
