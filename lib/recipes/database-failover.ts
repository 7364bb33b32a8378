import type { Recipe } from './recipe.ts';
import { allAtOnce } from './shares.ts';

export const databaseFailover: Recipe = {
  id: 'database-failover',
  title: 'A database fails over',
  teaches:
    'Whether clients drop their dead connections, look the name up again and come back by themselves once the database has a new writer.',
  breaks: ({ service, has }) =>
    has('aws:rds:cluster')
      ? [
          {
            what: 'the writer of its database',
            id: `failover-of-${service}`,
            title: `A failover of ${service} costs seconds, not minutes`,
            hypothesis: `If ${service} fails over, errors end within a minute, and nobody has to restart anything.`,
            faults: { failover: { action: 'aws:rds:failover-db-cluster', selector: { service } } },
            stages: allAtOnce,
          },
        ]
      : [],
};
