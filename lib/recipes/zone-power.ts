import type { ExperimentDefinition } from '../experiment/experiment.ts';
import type { Recipe } from './recipe.ts';
import { allAtOnce } from './shares.ts';
import type { Subject } from './subject.ts';
import { zoneOf } from './zone-of.ts';

/** What of a service is in a zone fails together there, as it would without power. */
function withoutPower({ service, has }: Subject, availabilityZone: string): ExperimentDefinition['faults'] {
  const selector = { service, availabilityZone };
  return {
    ...(has('aws:ec2:instance')
      ? {
          instances: {
            action: 'aws:ec2:stop-instances',
            selector,
            // An Auto Scaling group may terminate what has stopped.
            parameters: { completeIfTerminated: true },
          },
        }
      : {}),
    ...(has('aws:ec2:subnet')
      ? { network: { action: 'aws:network:disrupt-connectivity', selector, parameters: { scope: 'all' } } }
      : {}),
    ...(has('aws:rds:cluster') ? { database: { action: 'aws:rds:failover-db-cluster', selector } } : {}),
    ...(has('aws:elasticache:replicationgroup')
      ? { cache: { action: 'aws:elasticache:replicationgroup-interrupt-az-power', selector } }
      : {}),
  };
}

export const zonePower: Recipe = {
  id: 'zone-power',
  title: 'An Availability Zone loses its power',
  teaches:
    'Whether the other zones carry everything: whether there is capacity, whether the database has a writer elsewhere, and whether traffic leaves the zone before users feel it.',
  breaks: (subject) => {
    const { service } = subject;
    const zone = zoneOf(subject);
    const faults = zone === undefined ? {} : withoutPower(subject, zone);
    if (zone === undefined || Object.keys(faults).length === 0) return [];
    return [
      {
        what: `all it has in ${zone}`,
        id: `zone-power-of-${service}`,
        title: `${service} survives a zone without power`,
        hypothesis: `If ${zone} loses its power, ${service} goes on in the other zones.`,
        faults,
        stages: allAtOnce,
      },
    ];
  },
};
