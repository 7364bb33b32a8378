import type { Recipe } from './recipe.ts';
import { allAtOnce } from './shares.ts';
import { zoneOf } from './zone-of.ts';

export const cutZone: Recipe = {
  id: 'cut-zone',
  title: 'The network between Availability Zones is cut',
  teaches:
    'Whether a zone that still runs but reaches no other is taken out of service, or goes on answering with what it cannot know.',
  breaks: (subject) => {
    const { service, has } = subject;
    const availabilityZone = zoneOf(subject);
    if (availabilityZone === undefined || !has('aws:ec2:subnet')) return [];
    return [
      {
        what: `the network from ${availabilityZone} to the other zones`,
        id: `cut-zone-of-${service}`,
        title: `${service} survives a zone that is cut off`,
        hypothesis: `If ${availabilityZone} is cut off from the other zones, ${service} is served from those.`,
        faults: {
          cut: {
            action: 'aws:network:disrupt-connectivity',
            selector: { service, availabilityZone },
            parameters: { scope: 'availability-zone' },
          },
        },
        stages: allAtOnce,
      },
    ];
  },
};
