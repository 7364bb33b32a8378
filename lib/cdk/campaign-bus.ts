import { Duration } from 'aws-cdk-lib';
import { CfnEventBus, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { partWordEvent } from '../campaign/dispatch/part-word.ts';
import { type EnvironmentPlace, environmentNames } from '../plan/environment-names.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { createTarget } from './woken-by-events.ts';

/** A word counts as long as the campaign lasts; what is older than this has been said again since. */
const eventAge = Duration.hours(1);

/** The event's source by which a partner is let in: what it can tell is told in its own name. */
export const sourceOfPartner = ({ id, account, region }: EnvironmentPlace): string =>
  partWordEvent.sourceOf({ dispatcher: id, account, region });

/** IAM takes an event's source for a list: all of it must be this one, and there must be one. */
export const onlyUnder = (source: string) => ({
  'ForAllValues:StringEquals': { 'events:source': source },
  Null: { 'events:source': 'false' },
});

/** The bus on which the dispatchers of partners tell how their parts of a campaign are, and what keeps that for the next step. */
export function createCampaignBus(
  scope: Construct,
  environment: DeployedEnvironment,
  parts: { readonly dispatch: LambdaFunction; readonly failures: Queue },
): void {
  const { names, partners } = environment;
  const bus = new CfnEventBus(scope, 'CampaignBus', {
    name: names.campaignBus,
    description: 'Steadfast: the parts of a campaign in other accounts and Regions',
    policy: busPolicy(names.campaignBusArn, partners),
  });
  const target = createTarget(scope, {
    title: 'Dispatch',
    woken: parts.dispatch,
    failures: parts.failures,
    eventAge,
    failuresArn: environment.names.stopFailuresArn,
  });
  new Rule(scope, 'PartsTold', {
    description: 'Steadfast: another part of a campaign tells how it is',
    eventBus: EventBus.fromEventBusName(scope, 'PartnersBus', bus.ref),
    eventPattern: { source: partners.map(sourceOfPartner), detailType: [partWordEvent.detailType] },
    targets: [target()],
  });
}

/**
 * Lets in the dispatch function of each partner, under its own source, and refuses everybody else: an identity of the bus's own account
 * needs no leave of the bus. A role is named by a condition, since one that does not exist yet can be no principal, and of two partners
 * one is deployed first.
 */
function busPolicy(busArn: string, partners: readonly EnvironmentPlace[]): PolicyDocument {
  const roles = partners.map((partner) => environmentNames(partner).dispatchRoleArn);
  const onBus = { actions: ['events:PutEvents'], resources: [busArn] };
  return new PolicyDocument({
    statements: [
      ...partners.map(
        (partner, index) =>
          new PolicyStatement({
            ...onBus,
            sid: `Partner${index + 1}`,
            effect: Effect.ALLOW,
            principals: [new AccountPrincipal(partner.account)],
            conditions: {
              ArnEquals: { 'aws:PrincipalArn': environmentNames(partner).dispatchRoleArn },
              ...onlyUnder(sourceOfPartner(partner)),
            },
          }),
      ),
      new PolicyStatement({
        ...onBus,
        sid: 'NobodyElse',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
      }),
    ],
  });
}
