import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { changed, told } from '../definitions/told.ts';
import { matching } from '../fakes/matching.ts';
import { staging } from '../plan/examples.ts';

const pods = {
  cluster: 'arn:aws:eks:eu-west-1:111111111111:cluster/shop',
  namespace: 'shop',
  pods: { label: 'app=shop,tier=web' },
  serviceAccount: 'fis',
};
const toldOf = (path: readonly (string | number)[], value: unknown) =>
  told('environment', changed(staging, path, value));

describe('an environment', () => {
  it('is accepted, and what it leaves out has its default', () => {
    const { limits, services, guards } = environmentSchema.parse(staging);
    expect(limits).toEqual({ targets: 50, runs: 2, probesPerSecond: 200 });
    expect(services['shop']?.ecs?.launchType).toBe('fargate');
    expect(guards['shopErrors']).toMatchObject({ for: { ms: 120_000, text: '2m' } });
    const short = changed(staging, ['guards', 'shopErrors', 'for'], undefined);
    expect(environmentSchema.parse(short).guards['shopErrors']).toMatchObject({
      for: { ms: 60_000, text: '1m' },
    });
  });

  it.each<[string, readonly (string | number)[], unknown, string | RegExp]>([
    [
      'an account that is a number',
      ['account'],
      111111111111,
      'account: 111111111111 is not a text (put it in quotes)',
    ],
    ['a short account', ['account'], '1234', 'account: an AWS account id has 12 digits'],
    ['a Region that is none', ['region'], 'Ireland', 'region: is no AWS Region, such as eu-west-1'],
    ['no tag', ['tag'], undefined, 'tag: is missing: a map is needed'],
    ['no word on production', ['production'], undefined, 'production: is missing: true or false is needed'],
    [
      'no guard',
      ['guards'],
      {},
      'guards: an environment without a guard could not stop a fault by itself: add one',
    ],
    [
      'nobody watching production',
      ['guards', 'shopErrors', 'watches'],
      undefined,
      /^guards: no guard watches production/,
    ],
    [
      'a guard on no metric',
      ['guards', 'shopErrors', 'metric'],
      'errorrate',
      "guards.shopErrors.metric: no metric is called 'errorrate' (did you mean 'errorRate'?)",
    ],
    [
      'a guard on what every object has',
      ['guards', 'shopErrors', 'metric'],
      'toString',
      /no metric is called 'toString'/,
    ],
    [
      'a guard without a limit',
      ['guards', 'shopErrors', 'above'],
      undefined,
      "guards.shopErrors: say either 'above' or 'below'",
    ],
    [
      'a guard with two limits',
      ['guards', 'shopErrors', 'below'],
      1,
      "guards.shopErrors: say either 'above' or 'below'",
    ],
    [
      'a misspelt kind of guard',
      ['guards', 'other'],
      { alrm: 'a' },
      "guards.other.alrm: there is no key 'alrm' here (did you mean 'alarm'?)",
    ],
    [
      'a guard that is read by a role without its account',
      ['guards', 'other'],
      { alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors', readBy: 'reads-alarms' },
      /^guards\.other\.readBy: 'reads-alarms' is no ARN of a role/,
    ],
    [
      'a guard that is read by whatever role there is',
      ['guards', 'other'],
      {
        alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors',
        readBy: 'arn:aws:iam::222222222222:role/*',
      },
      /^guards\.other\.readBy: .+ is no ARN of a role/,
    ],
    [
      'functions by a pattern',
      ['functions'],
      { flush: 'shop-*' },
      /^functions\.flush: 'shop-\*' is no identifier/,
    ],
    [
      'secrets by a pattern',
      ['secrets'],
      { token: { secretsManager: 'shop/*' } },
      /^secrets\.token\.secretsManager: 'shop\/\*' is no identifier/,
    ],
    [
      'parameters by a pattern',
      ['secrets'],
      { token: { ssm: '/shop/*' } },
      /^secrets\.token\.ssm: .+ is no identifier/,
    ],
    [
      'a guard by metric that is read by a role',
      ['guards', 'shopErrors', 'readBy'],
      'arn:aws:iam::222222222222:role/reads-alarms',
      /^guards\.shopErrors/,
    ],
    ['an isolated account without a reason', ['isolated'], {}, /^isolated\.reason: is missing/],
    [
      'an isolated account with an empty reason',
      ['isolated'],
      { reason: ' ' },
      /^isolated\.reason: must not/,
    ],
    [
      'a service that uses none',
      ['services', 'shop', 'uses'],
      ['databse'],
      "services.shop.uses.0: no service is called 'databse' (did you mean 'database'?)",
    ],
    [
      'a service whose tags name the environment',
      ['services', 'shop', 'tags', 'Env'],
      'staging',
      "services.shop.tags.Env: names the environment tag 'Env', which the plan adds itself: remove it",
    ],
    [
      'a URL of another sort',
      ['services', 'shop', 'url'],
      'ftp://shop',
      'services.shop.url: write a URL that begins with http:// or https://',
    ],
    [
      'an unknown launch type',
      ['services', 'shop', 'ecs', 'launchType'],
      'fragate',
      "services.shop.ecs.launchType: 'fragate' is none of fargate, ec2 (did you mean 'fargate'?)",
    ],
    [
      'a statistic that is none',
      ['metrics', 'errorRate', 'statistic'],
      'average',
      /^metrics\.errorRate\.statistic: /,
    ],
    [
      'a metric without its name',
      ['metrics', 'errorRate', 'name'],
      undefined,
      'metrics.errorRate.name: is missing: a text is needed',
    ],
    ['too many runs at once', ['limits'], { runs: 6 }, /^limits\.runs: /],
    [
      'a blackout that ends before it begins',
      ['blackouts'],
      [{ from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z', reason: 'r' }],
      "blackouts.0.until: 'until' must be after 'from'",
    ],
    [
      'a secret kept in two places',
      ['secrets'],
      { k: { ssm: 'a', secretsManager: 'b' } },
      /^secrets\.k: its keys \(ssm, secretsManager\) do not say which kind it is/,
    ],
    [
      'a role that is a pattern',
      ['services', 'shop', 'roles'],
      ['arn:aws:iam::111111111111:role/*'],
      "services.shop.roles.0: 'arn:aws:iam::111111111111:role/*' is no ARN of a role, such as arn:aws:iam::111111111111:role/shop",
    ],
    [
      'a role of another account',
      ['services', 'shop', 'roles'],
      ['arn:aws:iam::222222222222:role/shop'],
      'services.shop.roles.0: arn:aws:iam::222222222222:role/shop is in account 222222222222, and the environment is 111111111111',
    ],
    [
      'a resource of another Region',
      ['services', 'shop', 'resources'],
      ['arn:aws:s3:::orders', 'arn:aws:kinesis:us-east-1:111111111111:stream/orders'],
      'services.shop.resources.1: arn:aws:kinesis:us-east-1:111111111111:stream/orders is in us-east-1, and the environment in eu-west-1',
    ],
    [
      'a pattern of any resource',
      ['services', 'shop', 'resources'],
      ['arn:aws:kinesis:eu-west-1:111111111111:*'],
      /^services\.shop\.resources\.0: .* is no ARN of a resource/,
    ],
    [
      'a pattern of any account',
      ['services', 'shop', 'resources'],
      ['arn:aws:kinesis:eu-west-1:*:stream/orders'],
      /^services\.shop\.resources\.0: .* is no ARN of a resource/,
    ],
    [
      'a role among its resources',
      ['services', 'shop', 'resources'],
      ['arn:aws:iam::111111111111:role/shop'],
      /roles stand under 'roles'/,
    ],
    [
      'a whole bucket for the faults of functions',
      ['services', 'shop', 'faultConfiguration'],
      'arn:aws:s3:::fault-configuration',
      /^services\.shop\.faultConfiguration: .* is no ARN of a bucket with a prefix/,
    ],
    [
      'pods that nothing tells apart',
      ['services', 'shop', 'eks'],
      { ...pods, pods: { label: 'app' } },
      /^services\.shop\.eks\.pods\.label: 'app' is no selector of labels/,
    ],
    [
      'pods of a namespace that is none',
      ['services', 'shop', 'eks'],
      { ...pods, namespace: '*' },
      /^services\.shop\.eks\.namespace: '\*' is no name of a namespace/,
    ],
    [
      'a cluster by its name',
      ['services', 'shop', 'eks'],
      { ...pods, cluster: 'shop' },
      /^services\.shop\.eks\.cluster: 'shop' is no ARN of an EKS cluster/,
    ],
    [
      'a cluster of another account',
      ['services', 'shop', 'eks'],
      { ...pods, cluster: 'arn:aws:eks:eu-west-1:222222222222:cluster/shop' },
      /^services\.shop\.eks\.cluster: .* is in account 222222222222/,
    ],
    [
      'a bucket by its ARN',
      ['buckets'],
      { copies: 'arn:aws:s3:::copies' },
      /^buckets\.copies: .* is no name of a bucket/,
    ],
    [
      'a document that is a pattern',
      ['documents'],
      { any: { document: '*' } },
      /^documents\.any\.document: '\*' is no name or ARN of an SSM document/,
    ],
    [
      'a runbook that takes on any role',
      ['documents'],
      { any: { document: 'cut', role: '*' } },
      /^documents\.any\.role: '\*' is no name or ARN of a role/,
    ],
    [
      'a prefix list that is a pattern',
      ['prefixLists'],
      { any: 'pl-*' },
      /^prefixLists\.any: 'pl-\*' is no identifier/,
    ],
    ['an image of nothing', ['images'], { fisPod: 'a b' }, /^images\.fisPod: 'a b' is no identifier/],
    ['an address that is none', ['notify'], { emails: ['team'] }, /^notify\.emails\.0: /],
  ])('is refused with %s', (_what, path, value, message) => {
    expect(toldOf(path, value)).toEqual([typeof message === 'string' ? message : matching(message)]);
  });
});
