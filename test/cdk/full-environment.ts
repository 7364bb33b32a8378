import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { staging } from '../plan/examples.ts';

/** An environment that declares everything of which its stacks make something. */
export const fullEnvironment = {
  ...staging,
  secrets: { token: { secretsManager: 'shop/token' }, key: { ssm: '/shop/key' } },
  functions: { flush: 'shop-flush' },
  stateMachines: { shoppers: 'shop-shoppers' },
  documents: { restart: { document: 'Shop-Restart', role: 'shop-restart' } },
  guards: {
    ...staging.guards,
    production: {
      alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
    },
    elsewhere: {
      alarm: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
    },
  },
  campaignPartners: [
    'arn:aws:events:us-east-1:222222222222:event-bus/steadfast-payments-campaigns',
    'arn:aws:events:eu-central-1:111111111111:event-bus/steadfast-frankfurt-campaigns',
  ],
  vantagePoints: {
    shops: {
      vpc: 'vpc-0123456789abcdef0',
      subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      securityGroups: ['sg-0123456789abcdef0'],
    },
  },
} as const satisfies EnvironmentDefinition;
