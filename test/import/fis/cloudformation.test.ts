import { describe, expect, it } from 'vitest';
import { afterIn, decidedIn, definitionIn, fateOf, importText, refusedIn } from './importing.ts';

const stack = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Environment: { Type: String, Default: staging }
  Secret: { Type: String, NoEcho: true, Default: canary-no-echo }
  Path: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/path }
  Open: { Type: String }
Resources:
  Late:
    Type: AWS::CloudWatch::Alarm
    Properties: { AlarmName: shop-latency }
  Nameless:
    Type: AWS::CloudWatch::Alarm
    Properties: {}
  Role:
    Type: AWS::IAM::Role
    Properties: { RoleName: fis }
  HalfOfTheShop:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: !Sub '\${Environment}: half of the shop'
      RoleArn: !GetAtt Role.Arn
      StopConditions:
        - Source: aws:cloudwatch:alarm
          Value: !GetAtt Late.Arn
      Targets:
        Tasks:
          ResourceType: aws:ecs:task
          ResourceTags:
            Service: shop
            Env: !Ref Environment
          SelectionMode: PERCENT(50)
      Actions:
        Stop:
          ActionId: aws:ecs:stop-task
          Targets: { Tasks: Tasks }
      Tags: { Name: !Join ['-', [half, !Ref Environment]] }
`;

const changed = (from: string, to: string) => stack.replace(from, to);

describe('a template of CloudFormation', () => {
  it('holds experiments, with references resolved', () => {
    const result = importText('stack.yaml', stack);
    expect(refusedIn(result)).toEqual([]);
    expect(definitionIn(result)).toMatchObject({
      id: 'half-staging',
      title: 'staging: half of the shop',
      faults: { Stop: { selector: { service: 'shop' } } },
      guards: ['latency'],
      environments: { staging: {} },
    });
    expect(result.fields.filter(({ unknown }) => unknown)).toEqual([]);
    expect(fateOf(result, 'Resources.Role.Properties.RoleName')).toContain('a role of its own');
    expect(fateOf(result, 'Resources.Late.Type')).toContain('declares alarms as guards');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('is the same as JSON', () => {
    const template = {
      Resources: {
        Half: {
          Type: 'AWS::FIS::ExperimentTemplate',
          Properties: {
            StopConditions: [
              {
                Source: 'aws:cloudwatch:alarm',
                Value: {
                  'Fn::Sub': `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:shop-latency`,
                },
              },
            ],
            Targets: {
              T: {
                ResourceType: 'aws:ecs:task',
                ResourceTags: { Service: 'shop', Env: 'staging' },
                SelectionMode: 'ALL',
              },
            },
            Actions: { S: { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'T' } } },
          },
        },
      },
    };
    const definition = definitionIn(importText('stack.json', JSON.stringify(template)));
    expect(definition).toMatchObject({ id: 'half', title: 'Half', guards: ['latency'] });
  });

  it.each([
    ['!Ref Late', 'latency'],
    [
      `!Sub ['arn:aws:cloudwatch:eu-west-1:\${a}:alarm:shop-\${b}', { a: !Ref 'AWS::AccountId', b: latency }]`,
      'latency',
    ],
    ["!Join [':', [arn:aws:cloudwatch:eu-west-1, !Ref 'AWS::AccountId', alarm, shop-latency]]", 'latency'],
  ])('names its alarm by %s', (value, guard) => {
    expect(definitionIn(importText('a.yaml', changed('!GetAtt Late.Arn', value))).guards).toEqual([guard]);
  });

  it.each([
    '!Ref Nameless',
    '!GetAtt Nameless.Arn',
    '!GetAtt Late.Other',
    '!Ref Role',
    '!Ref Open',
    '!Ref Secret',
    '!Ref Path',
    '!Ref Nothing',
    `!Sub '\${Open}'`,
    '!Sub [[1]]',
    "!Join ['-', [!Ref Open]]",
    '!Join x',
    '!ImportValue x',
    '!Select [0, [a]]',
  ])('asks where nobody knows what its alarm comes to: %s', (value) => {
    const result = importText('a.yaml', changed('!GetAtt Late.Arn', value));
    expect(decidedIn(result)['']).toContain('the alarm of the stop condition');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('keeps what is written as it is', () => {
    const result = importText(
      'a.yaml',
      changed(`!Sub '\${Environment}: half of the shop'`, `!Sub 'a \${!literal}'`),
    );
    expect(definitionIn(result).title).toBe(`a \${literal}`);
  });

  it('is mended as the API spells it', () => {
    const result = importText('a.yaml', changed('            Env: !Ref Environment\n', ''), { fix: true });
    expect(afterIn(result)).toMatchObject({
      targets: { Tasks: { resourceTags: { Service: 'shop', Env: 'staging' } } },
    });
  });

  it('may hold many experiments of the same name', () => {
    const [head = '', resource = ''] = stack.split('  HalfOfTheShop:');
    const many = Array.from({ length: 60 }, (_, at) => `  Half${at}:${resource}`);
    const result = importText('a.yaml', [head, ...many].join(''));
    expect(new Set(result.definitions.map(({ definition }) => definition.id)).size).toBe(60);
    expect(result.definitions.at(-1)?.definition.id).toBe('half-staging-60');
  });

  it('stays in one account', () => {
    const result = importText('a.yaml', `${stack}  Other:\n    Type: AWS::FIS::TargetAccountConfiguration\n`);
    expect(refusedIn(result)).toEqual(['multi-account Resources.Other']);
    expect(fateOf(result, 'Resources.Other.Type')).toContain('stays in the account');
  });

  it('may hold a template without anything', () => {
    const result = importText('a.yaml', 'Resources:\n  A: { Type: AWS::FIS::ExperimentTemplate }\n');
    expect(refusedIn(result)).toContain('no-action Resources.A.Properties.Actions');
  });
});

describe('a file with other documents', () => {
  it('accounts for them', () => {
    const result = importText('a.yaml', `${stack}---\njust: words\n`);
    expect(result.fields.find(({ document }) => document === 1)).toMatchObject({
      outcome: 'refused',
      why: 'the document is no experiment template',
    });
  });

  it('shows what is mended in each template', () => {
    const without = changed('            Env: !Ref Environment\n', '');
    const result = importText('a.yaml', `${without}---\n${without}`, { fix: true });
    expect(result.mended?.why).toHaveLength(2);
    expect(result.definitions.map(({ definition }) => definition.id)).toEqual([
      'half-staging',
      'half-staging-2',
    ]);
  });
});
