import type { Recipe } from './recipe.ts';
import { allAtOnce } from './shares.ts';

export const pausedReplication: Recipe = {
  id: 'paused-replication',
  title: 'A global table stops replicating',
  teaches:
    'Whether the other Region knows that what it reads is old, and whether writes meet again in peace once replication goes on.',
  breaks: ({ service, has }) =>
    has('aws:dynamodb:global-table')
      ? [
          {
            what: 'the replication of its table',
            id: `paused-replication-of-${service}`,
            title: `${service} lives with a table that no longer replicates`,
            hypothesis: `If the replication of ${service} pauses, each Region goes on serving what it has.`,
            faults: {
              pause: { action: 'aws:dynamodb:global-table-pause-replication', selector: { service } },
            },
            stages: allAtOnce,
          },
        ]
      : [],
};
