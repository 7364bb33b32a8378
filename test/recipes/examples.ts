import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { experimentSchema } from '../../lib/experiment/experiment.ts';
import type { KnownProject } from '../../lib/recipes/known-project.ts';
import { environmentTarget, labTarget, shopLab, slowDatabase, staging } from '../plan/examples.ts';

/** A staging environment that says what its services are made of. */
export const richStaging: EnvironmentDefinition = {
  ...staging,
  services: {
    shop: {
      ...staging.services.shop,
      has: ['aws:ec2:instance', 'aws:ec2:subnet', 'aws:ec2:spot-instance'],
      uses: ['database', 'cache'],
    },
    database: { host: 'database.example.com', tags: { Service: 'database' }, has: ['aws:rds:cluster'] },
    cache: {
      host: 'cache.example.com',
      tags: { Service: 'cache' },
      has: ['aws:elasticache:replicationgroup'],
    },
    table: { tags: { Service: 'table' }, has: ['aws:dynamodb:global-table'] },
  },
  guards: { ...staging.guards, ownErrors: { metric: 'errorRate', above: 5, for: '2m' } },
};

/** The shop as most tests know it: one environment that says what it is made of, one lab, nothing tested. */
export const untestedShop: KnownProject = {
  experiments: [],
  environments: [environmentTarget(richStaging)],
  labs: [labTarget(shopLab)],
  paths: { shop: '/products' },
};

/** The same with an experiment on the shop's link to its database. */
export const shop: KnownProject = { ...untestedShop, experiments: [experimentSchema.parse(slowDatabase)] };
