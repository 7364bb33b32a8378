import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type CloudFormation, synthesize, templateNamed } from '../cdk/synthesis.ts';
import { staging } from '../plan/examples.ts';
import { authorizationOf } from './authorization.ts';
import { arnOf, requestFor } from './request.ts';
import { isAllowed } from './simulate.ts';

const keySchema = z.looseObject({ KeyPolicy: z.looseObject({ Statement: z.array(z.unknown()) }) });

/** Whoever publishes to an encrypted topic uses its key, which SNS asks for in the publisher's name. */
describe("the key of the topic's messages", () => {
  let core: CloudFormation;

  beforeAll(() => {
    core = templateNamed(synthesize(), 'steadfast-staging-core');
  }, 120_000);

  async function mayUse(action: string, context: Readonly<Record<string, string>>): Promise<boolean> {
    const keys = Object.values(core.Resources).filter(({ Type: type }) => type === 'AWS::KMS::Key');
    const [key] = keys.map(({ Properties }) => keySchema.parse(Properties));
    if (key === undefined) throw new Error('the topic has no key');
    const caller = { roleArn: `arn:aws:iam::${staging.account}:role/conclude`, ...staging };
    const authorization = await authorizationOf(action);
    const [type] = authorization.types;
    if (type === undefined) throw new Error(`${action} is asked on no key`);
    const request = requestFor({ authorization, type, resource: arnOf(type, caller), caller, context });
    // Not the account's own statement: the role of a function says nothing of keys.
    const policy = { Version: '2012-10-17', Statement: key.KeyPolicy.Statement.slice(1) };
    return isAllowed([], request, caller, policy);
  }

  const throughSns = {
    'kms:CallerAccount': staging.account,
    'kms:ViaService': 'sns.eu-west-1.amazonaws.com',
  };

  it.each(['kms:Decrypt', 'kms:GenerateDataKey'])(
    'lets functions publish: %s through SNS',
    async (action) => {
      expect(await mayUse(action, throughSns)).toBe(true);
    },
  );

  it.each([
    ['for themselves', { 'kms:CallerAccount': staging.account }],
    ['through another service', { ...throughSns, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }],
    ['in another account', { ...throughSns, 'kms:CallerAccount': '999999999999' }],
  ])('lets nobody read %s', async (_where, context) => {
    expect(await mayUse('kms:Decrypt', context)).toBe(false);
  });
});
