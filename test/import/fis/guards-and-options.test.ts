import { describe, expect, it } from 'vitest';
import {
  afterIn,
  decidedIn,
  definitionIn,
  fateOf,
  importTemplate,
  importText,
  refusedIn,
  templateWith,
} from './importing.ts';

const alarm = (value: unknown) => ({ source: 'aws:cloudwatch:alarm', value });
const inStaging = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:';

describe('stop conditions', () => {
  it('are the guards whose alarms they name, by ARN or by name', () => {
    const result = importTemplate(
      templateWith({
        stopConditions: [alarm(`${inStaging}shop-latency`), alarm('steadfast-staging-shopErrors')],
      }),
    );
    expect(definitionIn(result).guards).toEqual(['latency', 'shopErrors']);
    expect(Object.keys(decidedIn(result))).not.toContain('');
  });

  it.each([
    [`${inStaging}orders-late`, 'add guards: { orders-late: { alarm: orders-late } } there if it is another'],
    ['arn:aws:cloudwatch:us-east-1:111111111111:alarm:late', 'readBy: ROLE'],
    [
      'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:4xx rate',
      "xx-rate: { alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:4xx rate'",
    ],
    ['arn:aws:cloudwatch:...', 'its ARN is not told in full'],
    ['404', 'add guards: { imported: { alarm:'],
    [undefined, 'its ARN is not told in full'],
  ])('that name another alarm are a question: %s', (value, question) => {
    const result = importTemplate(templateWith({ stopConditions: [alarm(value)] }));
    expect(decidedIn(result)['']).toContain(question);
    expect(decidedIn(result)['']).toContain('every fault there stops on its guards: shopErrors, latency');
    expect(definitionIn(result)).not.toHaveProperty('guards');
  });

  it.each([
    ['none', [{ source: 'none' }], 'no-stop-condition stopConditions.0 (fixable)'],
    ['an empty list', [], 'no-stop-condition stopConditions (fixable)'],
    ['nothing', undefined, 'no-stop-condition stopConditions (fixable)'],
  ])(
    'that are %s are refused, and mended with the guards of the environment',
    (_, stopConditions, refused) => {
      const template = templateWith({ stopConditions });
      expect(refusedIn(importTemplate(template))).toEqual([refused]);
      const mended = importTemplate(template, { fix: true });
      expect(mended.mended?.why).toEqual([
        "it stops on the guards of environment 'staging': shopErrors, latency",
      ]);
      expect(afterIn(mended)).toMatchObject({
        stopConditions: [
          alarm(`${inStaging}steadfast-staging-shopErrors`),
          alarm(`${inStaging}shop-latency`),
        ],
      });
      expect(definitionIn(mended).environments).toEqual({ staging: {} });
    },
  );

  it.each([
    ['is no list', 'none', 'broken stopConditions'],
    ['has no source', [{ value: 'a' }], 'broken stopConditions.0'],
    ['has another source', [{ source: 'other', value: 'a' }], 'broken stopConditions.0.source'],
  ])('are refused where one %s', (_, stopConditions, refused) => {
    expect(refusedIn(importTemplate(templateWith({ stopConditions })))).toContain(refused);
  });

  it('may stand beside none', () => {
    const result = importTemplate(
      templateWith({ stopConditions: [{ source: 'none' }, alarm('shop-latency')] }),
    );
    expect(fateOf(result, 'stopConditions.0.source')).toBe('refused: others stand beside it');
    expect(definitionIn(result).guards).toEqual(['latency']);
  });
});

describe('the options of a template', () => {
  it('say what becomes of nothing to hit, and of previews', () => {
    const options = (experimentOptions: object) => importTemplate(templateWith({ experimentOptions }));
    const skipped = options({ emptyTargetResolutionMode: 'skip', actionsMode: 'skip-all' });
    expect(fateOf(skipped, 'experimentOptions.emptyTargetResolutionMode')).toContain('approximated');
    expect(fateOf(skipped, 'experimentOptions.actionsMode')).toContain('steadfast plan shows it without one');
    const failed = options({ emptyTargetResolutionMode: 'fail', accountTargeting: 'single-account' });
    expect(fateOf(failed, 'experimentOptions.emptyTargetResolutionMode')).toContain('mapped');
    expect(fateOf(failed, 'experimentOptions.accountTargeting')).toBe('mapped the environment: account');
    expect(fateOf(options({}), 'experimentOptions')).toContain('mapped');
    expect(refusedIn(importTemplate(templateWith({ experimentOptions: 'x' })))).toEqual([
      'broken experimentOptions',
    ]);
  });

  it.each([
    [
      { experimentOptions: { accountTargeting: 'multi-account' } },
      'multi-account experimentOptions.accountTargeting',
    ],
    [{ experimentOptions: { accountTargeting: 7 } }, 'multi-account experimentOptions.accountTargeting'],
    [{ targetAccountConfigurationsCount: 2 }, 'multi-account targetAccountConfigurationsCount'],
  ])('keep it in one account: %j', (changed, refused) => {
    expect(refusedIn(importTemplate(templateWith(changed), { fix: true }))).toEqual([refused]);
  });
});

describe('a call of Python', () => {
  const call = (more: string) => `
import uuid
fis.create_experiment_template(
    clientToken=str(uuid.uuid4()),
    description=f"of {name}",
    roleArn=ROLE,
    stopConditions=[{"source": "aws:cloudwatch:alarm", "value": ALARM}],
    targets={"T": {"resourceType": "aws:ecs:task", "selectionMode": "ALL", "resourceTags": {"Service": "shop", "Env": ENV}}},
    actions={"S": {"actionId": "aws:ecs:stop-task", "targets": {"Tasks": "T"}}},
    ${more}
)
`;

  it('may leave to later what is not taken over, or what the environment says', () => {
    const result = importText('make.py', call(''));
    expect(refusedIn(result)).toEqual([]);
    expect(definitionIn(result).id).toBe('from-fis');
    expect(decidedIn(result)['']).toContain('the alarm of the stop condition');
    expect(fateOf(result, 'arguments.targets.T.resourceTags.Env.(not a literal)')).toContain(
      'worked out only later',
    );
  });

  it.each([
    ['**more', 'not-literal arguments.**'],
    ['*more', 'not-literal arguments.*'],
  ])('is refused where nobody can read its arguments: %s', (more, refused) => {
    const result = importText('make.py', call(more));
    expect(refusedIn(result)).toEqual([refused]);
    expect(result.refusals[0]?.line).toBe(10);
  });

  it('is refused where targets or tags are worked out only when it runs', () => {
    const targets = importText(
      'a.py',
      'fis.create_experiment_template(targets=TARGETS, actions={"S": {"actionId": "aws:ecs:stop-task", "targets": {"Tasks": "T"}}})',
    );
    expect(refusedIn(targets)).toContain('not-literal arguments.targets');
    const tag = importText('a.py', call('').replace('"shop"', 'service()'));
    expect(refusedIn(tag)).toEqual(['not-literal arguments.targets.T.resourceTags.Service']);
    expect(tag.refusals[0]?.message).toContain('is a call');
  });

  it('takes its arguments by name', () => {
    const result = importText(
      'a.py',
      call('').replace('fis.create_experiment_template(', 'fis.create_experiment_template("x",'),
    );
    expect(fateOf(result, 'positional.0')).toContain('by their names only');
  });
});
