import type { Recipe } from './recipe.ts';
import { allAtOnce } from './shares.ts';
import { zoneOf } from './zone-of.ts';

export const cacheWithoutZone: Recipe = {
  id: 'cache-without-zone',
  title: 'A cache loses its nodes in one zone',
  teaches:
    'Whether the cache fails over, and whether what stands behind it carries the load until the cache is warm again.',
  breaks: (subject) => {
    const { service, has } = subject;
    const availabilityZone = zoneOf(subject);
    if (availabilityZone === undefined || !has('aws:elasticache:replicationgroup')) return [];
    return [
      {
        what: `the nodes of its cache in ${availabilityZone}`,
        id: `cache-of-${service}-without-zone`,
        title: `A cache of ${service} without a zone is not missed`,
        hypothesis: `If ${service} loses its nodes in ${availabilityZone}, the others take over and users notice nothing.`,
        faults: {
          cache: {
            action: 'aws:elasticache:replicationgroup-interrupt-az-power',
            selector: { service, availabilityZone },
          },
        },
        stages: allAtOnce,
      },
    ];
  },
};
