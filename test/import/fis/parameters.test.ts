import { describe, expect, it } from 'vitest';
import { decidedIn, definitionIn, fateOf, importTemplate, refusedIn, withAction } from './importing.ts';

const tagged = (type: string) => ({ resourceType: type, resourceTags: { Service: 'shop', Env: 'staging' } });

const onTasks = (action: string, parameters: object) =>
  withAction(`aws:ecs:${action}`, { ...parameters }, { key: 'Tasks', value: tagged('aws:ecs:task') });

const onInstances = (action: string, parameters: object) =>
  withAction(action, { ...parameters }, { key: 'Instances', value: tagged('aws:ec2:instance') });

const parametersIn = (template: unknown): unknown =>
  Reflect.get(definitionIn(importTemplate(template)).faults['Act'] ?? {}, 'parameters');

describe('the parameters of an action', () => {
  it('are written as definitions write quantities', () => {
    expect(
      parametersIn(
        onTasks('task-network-latency', {
          duration: 'PT5M',
          delayMilliseconds: 1500,
          jitterMilliseconds: '10',
          flowsPercent: '50',
          sources: 'database.example.com, shop.example.com',
          installDependencies: 'False',
          useEcsFaultInjectionEndpoints: 'true',
        }),
      ),
    ).toEqual({
      delay: '1500ms',
      jitter: '10ms',
      flows: '50%',
      to: ['database', 'shop'],
      installDependencies: false,
    });
    expect(
      parametersIn(onInstances('aws:ec2:stop-instances', { completeIfInstancesTerminated: true })),
    ).toEqual({
      completeIfTerminated: true,
    });
    const spot = withAction(
      'aws:ec2:send-spot-instance-interruptions',
      { durationBeforeInterruption: 'PT10M' },
      { key: 'SpotInstances', value: tagged('aws:ec2:spot-instance') },
    );
    expect(parametersIn(spot)).toEqual({ interruptAfter: '10m' });
    expect(definitionIn(importTemplate(spot)).stages[0]?.duration).toBe('10m');
  });

  it('leave their duration to the stages', () => {
    const ofMinutes = (duration: string) =>
      definitionIn(importTemplate(onTasks('task-cpu-stress', { duration }))).stages[0]?.duration;
    expect(ofMinutes('PT1H30M')).toBe('90m');
    expect(ofMinutes('P0DT90S')).toBe('90s');
    expect(ofMinutes('PT1.5S')).toBe('2s');
  });

  it.each([
    ['duration', '5 minutes', 'parameter'],
    ['duration', 'PT0S', 'parameter'],
    ['duration', 'P400D', 'parameter'],
    ['duration', ['PT5M'], 'broken'],
    ['delayMilliseconds', 'soon', 'parameter'],
    ['delayMilliseconds', {}, 'broken'],
    ['flowsPercent', '101', 'parameter'],
    ['sources', ' , ', 'parameter'],
    ['sources', 'a'.repeat(2_000), 'parameter'],
    ['installDependencies', 'maybe', 'parameter'],
  ])('are refused where %s is %j', (name, value, code) => {
    const result = importTemplate(onTasks('task-network-latency', { duration: 'PT5M', [name]: value }));
    expect(refusedIn(result)).toEqual([`${code} actions.Act.parameters.${name}`]);
  });

  it('are refused where they are out of range, missing, or no map', () => {
    const black = (parameters: object) =>
      onTasks('task-network-blackhole-port', { duration: 'PT5M', ...parameters });
    expect(refusedIn(importTemplate(black({ port: '70000', trafficType: 'egress' })))).toEqual([
      'parameter actions.Act.parameters.port',
    ]);
    expect(refusedIn(importTemplate(black({ port: '80', trafficType: 'sideways' })))).toEqual([
      'parameter actions.Act.parameters.trafficType',
    ]);
    const missing = importTemplate(black({ port: '80' }));
    expect(refusedIn(missing)).toEqual(['parameter actions.Act.parameters']);
    expect(missing.refusals[0]?.message).toContain('trafficType');
    const none = importTemplate(
      withAction('aws:ecs:stop-task', { a: 'b' }, { key: 'Tasks', value: tagged('aws:ecs:task') }),
    );
    expect(fateOf(none, 'actions.Act.parameters.a')).toBe('refused: aws:ecs:stop-task has no such parameter');
  });

  it('name hosts by the services that have them, or that they are mapped to', () => {
    const slow = (sources: string) => onTasks('task-network-packet-loss', { duration: 'PT5M', sources });
    const mapped = importTemplate(slow('db.internal'), { map: { 'db.internal': 'database' } });
    expect(Reflect.get(definitionIn(mapped).faults['Act'] ?? {}, 'parameters')).toEqual({ to: ['database'] });
    expect(mapped.notes).toEqual(["db.internal is the service 'database', as --map says"]);
    const others = importTemplate(slow('S3,10.0.0.0/16,payments.example.com,database.internal,constructor'));
    expect(Reflect.get(definitionIn(others).faults['Act'] ?? {}, 'parameters')).toEqual({
      to: ['s3', 'host', 'payments', 'database-2', 'constructor'],
    });
    expect(others.decisions.map(({ question }) => question)).toContainEqual(
      expect.stringContaining("services: { host: { host: '10.0.0.0/16' } }"),
    );
  });

  it('name documents, buckets, lists and images by logical names, declared or yet to be', () => {
    const run = (documentArn: string) =>
      onInstances('aws:ssm:send-command', {
        duration: 'PT5M',
        documentArn,
        documentParameters: '{"a":["b"]}',
      });
    const known = run('arn:aws:ssm:us-east-1::document/AWSFIS-Run-CPU-Stress');
    expect(parametersIn(known)).toEqual({ document: 'cpuStress', parameters: { a: ['b'] } });
    const memory = importTemplate(run('arn:aws:ssm:eu-west-1::document/AWSFIS-Run-Memory-Stress'));
    expect(decidedIn(memory)['faults.Act.parameters.document']).toContain(
      'documents: { AWSFIS-Run-Memory-Stress: { document: AWSFIS-Run-Memory-Stress } }',
    );
    const own = importTemplate(run('arn:aws:ssm:eu-west-1:111111111111:document/own doc'));
    expect(decidedIn(own)['faults.Act.parameters.document']).toContain(
      "documents: { own-doc: { document: 'arn:aws:ssm:eu-west-1:111111111111:document/own doc' } }",
    );
    const buckets = withAction(
      'aws:s3:bucket-pause-replication',
      {
        duration: 'PT5M',
        region: 'eu-central-1',
        destinationBuckets: 'arn:aws:s3:::orders-staging-copies,others',
      },
      { key: 'Buckets', value: tagged('aws:s3:bucket') },
    );
    const paused = importTemplate(buckets);
    expect(Reflect.get(definitionIn(paused).faults['Act'] ?? {}, 'parameters')).toMatchObject({
      destinations: ['copies', 'others'],
    });
    expect(fateOf(paused, 'actions.Act.parameters.destinationBuckets')).toContain('has yet to declare');
  });

  it('that are JSON must be a map, not too deep', () => {
    const run = (documentParameters: string) =>
      onInstances('aws:ssm:send-command', {
        duration: 'PT5M',
        documentArn: 'cut-the-cable',
        documentParameters,
      });
    for (const text of ['[]', '1', '{', `${'{"a":'.repeat(30)}1${'}'.repeat(30)}`])
      expect(refusedIn(importTemplate(run(text)))).toEqual([
        'parameter actions.Act.parameters.documentParameters',
      ]);
  });

  it('that hold secrets give none away', () => {
    const result = importTemplate(
      onInstances('aws:ssm:send-command', {
        duration: 'PT5M',
        documentArn: 'cut-the-cable',
        documentParameters: '{"apiKey": "canary-4711", "url": "https://a:canary-4712@b"}',
      }),
    );
    expect(definitionIn(result).faults).toMatchObject({
      Act: { parameters: { parameters: { apiKey: '(secret)' } } },
    });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('that a secret is needed for are refused', () => {
    const result = importTemplate(
      withAction(
        'aws:ecs:stop-task',
        {},
        {
          key: 'Tasks',
          value: { resourceType: 'aws:ecs:task', resourceTags: { Token: 'canary-4713', Env: 'staging' } },
        },
      ),
    );
    expect(refusedIn(result)).toEqual(['secret ']);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('leave the role of a runbook to the environment', () => {
    const run = (documentArn: string, more: object = {}) =>
      withAction('aws:ssm:start-automation-execution', {
        maxDuration: 'PT5M',
        documentArn,
        documentParameters: JSON.stringify({
          AutomationAssumeRole: 'arn:aws:iam::111111111111:role/x',
          ...more,
        }),
      });
    const declared = importTemplate(run('cut-the-cable'));
    expect(definitionIn(declared).faults['Act']).toEqual({
      action: 'aws:ssm:start-automation-execution',
      parameters: { document: 'cutTheCable' },
    });
    expect(decidedIn(declared)).not.toHaveProperty('faults.Act.parameters.document');
    const other = importTemplate(run('other', { Port: '80' }));
    expect(definitionIn(other).faults).toMatchObject({ Act: { parameters: { parameters: { Port: '80' } } } });
    expect(other.decisions.map(({ question }) => question)).toContainEqual(
      expect.stringContaining('documents.other.role'),
    );
  });
});
