import { describe, expect, it } from 'vitest';
import { planOf, problemsIn } from '../../plan/examples.ts';
import {
  ambiguous,
  decidedIn,
  definitionIn,
  fateOf,
  importTemplate,
  importText,
  project,
  refusedIn,
  stopTasks,
} from './importing.ts';

/** A template as a course might teach it: half of a service's tasks, whatever their environment. */
const taught = `import boto3

fis = boto3.client("fis", region_name="eu-west-1")

# Half of the tasks
response = fis.create_experiment_template(
    description="Kill 50% of ECS tasks in product service",
    targets={
        "ProductTasks": {
            "resourceType": "aws:ecs:task",
            "resourceTags": {"Service": "product-service"},
            "selectionMode": "PERCENT(50)",
        }
    },
    actions={
        "StopTasks": {
            "actionId": "aws:ecs:stop-task",
            "targets": {"Tasks": "ProductTasks"},
        }
    },
    stopConditions=[
        {"source": "aws:cloudwatch:alarm", "value": "arn:aws:cloudwatch:..."}
    ],
    roleArn="arn:aws:iam::123456789:role/FISRole",
    tags={"Experiment": "ecs-task-kill"},
)

template_id = response["experimentTemplate"]["id"]
experiment = fis.start_experiment(experimentTemplateId=template_id)
print(f"started: {experiment['experiment']['id']}")
`;

const [staging] = project.environments;

describe('a template of FIS', () => {
  it('becomes an experiment that its environment can plan', () => {
    const result = importTemplate(stopTasks);
    const definition = definitionIn(result);
    expect(definition).toMatchObject({
      id: 'half-of-the-shop-stops',
      title: 'Half of the shop stops',
      faults: { Stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
      stages: [{ share: '50%', duration: '5m' }],
      guards: ['latency'],
      environments: { staging: {} },
    });
    if (staging === undefined) throw new Error('there is no staging');
    expect(problemsIn(definition, staging)).toEqual([]);
    const [template] = planOf(definition, staging).templates;
    expect(template?.targets).toEqual({
      Stop: {
        resourceType: 'aws:ecs:task',
        resourceTags: { Service: 'shop', Env: 'staging' },
        selectionMode: 'PERCENT(50)',
      },
    });
    expect(template?.stopOn).toEqual(['shopErrors', 'latency']);
  });

  it('asks for what FIS knows nothing of', () => {
    const asked = decidedIn(importTemplate(stopTasks));
    expect(Object.keys(asked).toSorted()).toEqual(
      ['hypothesis', 'owner', 'recovery', 'stages.0.duration', 'steadyState', 'title'].toSorted(),
    );
  });

  it('is told from its content, whatever form it has', () => {
    const wrapped = { experimentTemplate: { ...stopTasks, id: 'EXT1', creationTime: '2026-01-01' } };
    const call = `boto3.client("fis").create_experiment_template(**{})`;
    expect(importTemplate(wrapped).format).toBe('fis');
    expect(importTemplate({ stopConditions: [{ source: 'none' }] }).format).toBe('fis');
    expect(importText('make.py', call).format).toBe('fis');
    expect(importTemplate({ actions: { a: 1 } }).format).toBeUndefined();
    expect(importTemplate([stopTasks]).format).toBeUndefined();
  });
});

describe('a template without an environment', () => {
  it('is refused, and mended where it is asked for', () => {
    const refused = importText('taught.py', taught);
    expect(refused.definitions).toEqual([]);
    expect(refusedIn(refused)).toEqual([
      'no-environment-tag arguments.targets.ProductTasks.resourceTags (fixable)',
    ]);
    expect(refused.refusals[0]).toMatchObject({
      line: 11,
      hint: "add Env: staging, the tag of environment 'staging'",
    });
    expect(refused.mended).toBeUndefined();

    const mended = importText('taught.py', taught, { fix: true });
    expect(mended.refusals).toEqual([]);
    expect(mended.mended?.why).toEqual([
      "ProductTasks carries Env=staging as well, so that only what is of environment 'staging' is hit",
    ]);
    expect(JSON.parse(mended.mended?.before ?? '')).toMatchObject({
      targets: { ProductTasks: { resourceTags: { Service: 'product-service' } } },
    });
    expect(JSON.parse(mended.mended?.after ?? '')).toMatchObject({
      targets: { ProductTasks: { resourceTags: { Service: 'product-service', Env: 'staging' } } },
    });
    expect(definitionIn(mended)).toMatchObject({
      faults: { StopTasks: { action: 'aws:ecs:stop-task', selector: { service: 'product-service' } } },
      stages: [{ share: '50%' }],
    });
    const asked = decidedIn(mended);
    expect(asked['faults.StopTasks.selector.service']).toContain(
      'declare services: { product-service: { tags: { Service: product-service }, ecs: { cluster: CLUSTER, service: SERVICE } } }',
    );
    expect(asked['']).toContain('its ARN is not told in full');
  });

  it('is planned with the environment tag and a stop condition once its service is known', () => {
    const result = importText('taught.py', taught, { fix: true, map: { 'product-service': 'shop' } });
    const definition = definitionIn(result);
    if (staging === undefined) throw new Error('there is no staging');
    expect(problemsIn(definition, staging)).toEqual([]);
    const [template] = planOf(definition, staging).templates;
    expect(template?.targets['StopTasks']).toMatchObject({
      resourceTags: { Service: 'shop', Env: 'staging' },
      selectionMode: 'PERCENT(50)',
    });
    expect(template?.stopOn).toEqual(['shopErrors', 'latency']);
  });

  it('accounts for every field of the file', () => {
    const result = importText('taught.py', taught, { fix: true });
    expect(result.fields.filter(({ unknown }) => unknown)).toEqual([]);
    expect(fateOf(result, 'arguments.roleArn')).toContain('refused: Steadfast makes a role of its own');
    expect(fateOf(result, 'arguments.region_name')).toContain('the environment says the account');
  });

  it('is refused where nobody can tell which environment is meant', () => {
    const result = importText('taught.py', taught, { fix: true, project: ambiguous });
    expect(refusedIn(result)).toEqual(['no-environment-tag arguments.targets.ProductTasks.resourceTags']);
    expect(result.refusals[0]?.hint).toBe(
      'say which with --env: staging, production, sandbox; then --fix adds its tag',
    );
    const named = importText('taught.py', taught, { fix: true, project: ambiguous, environment: 'sandbox' });
    expect(definitionIn(named).environments).toEqual({ sandbox: {} });
  });

  it('is confined to the environment whose tag it carries, and to production only by its name', () => {
    expect(definitionIn(importTemplate(stopTasks, { project: ambiguous })).environments).toEqual({
      staging: {},
    });
    const live: unknown = JSON.parse(JSON.stringify(stopTasks).replace('"staging"', '"production"'));
    expect(refusedIn(importTemplate(live))).toEqual([
      'foreign-environment targets.Tasks.resourceTags.Env (fixable)',
    ]);
    const named = importTemplate(live, { environment: 'production' });
    expect(definitionIn(named).environments).toEqual({ production: {} });
  });

  it('is refused where the project has no environment', () => {
    const result = importTemplate(stopTasks, { project: { ...project, environments: [] } });
    expect(refusedIn(result)).toEqual(['no-environment-tag targets.Tasks.resourceTags']);
    expect(result.refusals[0]?.hint).toContain('steadfast init');
  });
});
