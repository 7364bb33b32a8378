import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mostPartners } from '../../lib/experiment/campaign-partner.ts';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { type CloudFormation, synthesize, templateNamed } from '../cdk/synthesis.ts';
import { staging } from '../plan/examples.ts';
import { authorizationOf } from './authorization.ts';
import { arnOf, requestFor } from './request.ts';
import { isAllowed, type Statement } from './simulate.ts';
import { rolesIn } from './synthesized-roles.ts';

const payments = {
  ...staging,
  id: 'payments',
  account: '222222222222',
  region: 'us-east-1',
  campaignPartners: ['staging'],
} satisfies EnvironmentDefinition;
/** In the account of `staging` itself, and in another repository. */
const frankfurt = 'arn:aws:events:eu-central-1:111111111111:event-bus/steadfast-frankfurt-campaigns';
const partnered = { ...staging, campaignPartners: ['payments', frankfurt] } satisfies EnvironmentDefinition;

const busSchema = z.looseObject({
  Name: z.string(),
  Policy: z.looseObject({ Statement: z.array(z.unknown()) }),
});

function busIn({ Resources }: CloudFormation) {
  const [bus] = Object.values(Resources).filter(({ Type: type }) => type === 'AWS::Events::EventBus');
  if (bus === undefined) throw new Error('there is no bus');
  return busSchema.parse(bus.Properties);
}

const synthesized = (environments: readonly EnvironmentDefinition[], environmentId: string) =>
  templateNamed(synthesize({ environments, environmentId }), `steadfast-${environmentId}-runner`);

/** What somebody may put events by: everything, as an administrator may. */
const everything: Statement = { Effect: 'Allow', Action: ['events:PutEvents'], Resource: ['*'] };

describe('the bus for campaigns', () => {
  let stacks: Readonly<Record<'payments' | 'staging', CloudFormation>>;

  beforeAll(() => {
    const environments = [partnered, payments];
    stacks = {
      staging: synthesized(environments, 'staging'),
      payments: synthesized(environments, 'payments'),
    };
  }, 120_000);

  async function mayTell(
    caller: { readonly account: string; readonly region: string; readonly role: string },
    source: string,
    statements: readonly Statement[] = [everything],
  ): Promise<boolean> {
    const { Name, Policy } = busIn(stacks.staging);
    const authorization = await authorizationOf('events:PutEvents');
    const [type] = authorization.types;
    if (type === undefined) throw new Error('events are put on no bus');
    const roleArn = `arn:aws:iam::${caller.account}:role/${caller.role}`;
    const place = { account: staging.account, region: 'eu-west-1' };
    const request = requestFor({
      authorization,
      type,
      resource: arnOf(type, place, { EventBusName: Name }),
      caller: { ...caller, roleArn },
      ...place,
      context: { 'events:source': [source], 'events:detail-type': 'Campaign Part' },
    });
    return isAllowed(statements, request, { ...caller, roleArn }, { Version: '2012-10-17', ...Policy });
  }

  const us = { account: '222222222222', region: 'us-east-1' };
  const de = { account: '111111111111', region: 'eu-central-1' };
  const ofPayments = 'steadfast.campaign.222222222222.us-east-1.payments';
  const ofFrankfurt = 'steadfast.campaign.111111111111.eu-central-1.frankfurt';

  it('lets in the dispatch function of each partner, in another account and in its own', async () => {
    expect(await mayTell({ ...us, role: 'steadfast-payments-dispatch' }, ofPayments)).toBe(true);
    expect(await mayTell({ ...de, role: 'steadfast-frankfurt-dispatch' }, ofFrankfurt)).toBe(true);
  });

  it.each([
    ['a partner in the name of another', { ...us, role: 'steadfast-payments-dispatch' }, ofFrankfurt],
    ['another role of a partner', { ...us, role: 'admin' }, ofPayments],
    [
      'the same role of another account',
      { ...us, account: '333333333333', role: 'steadfast-payments-dispatch' },
      ofPayments,
    ],
    ['whoever may do everything in its own account', { ...de, role: 'admin' }, ofFrankfurt],
    ['its own dispatch function', { ...de, role: 'steadfast-staging-dispatch' }, ofFrankfurt],
  ])('lets in nobody else: %s', async (_who, caller, source) => {
    expect(await mayTell(caller, source)).toBe(false);
  });

  it('is told by what the partner is deployed with, and by that in its own name alone', async () => {
    const [role] = rolesIn(new Map([['runner', stacks.payments]]), payments).filter(({ logicalId }) =>
      logicalId.startsWith('DispatchRole'),
    );
    if (role === undefined) throw new Error('there is no role');
    const caller = { ...us, role: 'steadfast-payments-dispatch' };
    expect(await mayTell(caller, ofPayments, role.statements)).toBe(true);
    expect(await mayTell(caller, 'aws.health', role.statements)).toBe(false);
    const [named] = Object.values(stacks.payments.Resources).filter(
      ({ Properties }) => Properties['RoleName'] === caller.role,
    );
    expect(named?.Type).toBe('AWS::IAM::Role');
  });

  it('wakes the dispatch function with what partners tell, and keeps what it failed on', () => {
    const { Resources } = stacks.staging;
    const rules = Object.values(Resources).filter(({ Properties }) =>
      JSON.stringify(Properties['EventPattern'] ?? '').includes('Campaign Part'),
    );
    expect(rules.map(({ Properties }) => Properties['EventPattern'])).toEqual([
      { source: [ofPayments, ofFrankfurt], 'detail-type': ['Campaign Part'] },
    ]);
    const [[dispatch] = []] = Object.entries(Resources).filter(
      ([, { Properties }]) => Properties['FunctionName'] === 'steadfast-staging-dispatch',
    );
    expect(JSON.stringify(rules[0]?.Properties['Targets'])).toContain(`"${dispatch}"`);
    const kept = Object.values(Resources).filter(
      ({ Type: type, Properties }) =>
        type === 'AWS::Lambda::EventInvokeConfig' &&
        JSON.stringify(Properties['FunctionName']) === JSON.stringify({ Ref: dispatch }),
    );
    expect(JSON.stringify(kept)).toContain('steadfast-staging-stop-failures');
  });

  it('is made only where there are partners', () => {
    const { Resources } = synthesized([staging], 'staging');
    const made = Object.values(Resources);
    expect(made.filter(({ Type: type }) => type === 'AWS::Events::EventBus')).toEqual([]);
    expect(made.filter(({ Properties }) => Properties['RoleName'] === 'steadfast-staging-dispatch')).toEqual(
      [],
    );
  });

  it('has a policy that EventBridge takes, with as many partners as there may be and the longest names', () => {
    const long = (index: number) =>
      `arn:aws:events:ap-southeast-2:2222222222${index + 10}:event-bus/steadfast-${'x'.repeat(38)}${index + 10}-campaigns`;
    const campaignPartners = Array.from({ length: mostPartners }, (_, index) => long(index));
    const id = 'y'.repeat(40);
    const template = synthesized([{ ...staging, id, campaignPartners }], id);
    // EventBridge quotas: the policy of a bus.
    expect(JSON.stringify(busIn(template).Policy).length).toBeLessThan(10_240);
  });
});
