import type { Recipe } from './recipe.ts';

export const spotInterruption: Recipe = {
  id: 'spot-interruption',
  title: 'Spot Instances are taken back',
  teaches:
    'Whether two minutes of notice are enough to drain what runs there, and whether new capacity comes before the old is gone.',
  breaks: ({ service, has }) =>
    has('aws:ec2:spot-instance')
      ? [
          {
            what: 'one of its Spot Instances',
            id: `spot-interruption-of-${service}`,
            title: `${service} survives the loss of Spot Instances`,
            hypothesis: `If AWS takes Spot Instances of ${service} back with two minutes of notice, the work goes on elsewhere.`,
            faults: {
              interrupt: {
                action: 'aws:ec2:send-spot-instance-interruptions',
                selector: { service },
                parameters: { interruptAfter: '2m' },
              },
            },
            stages: [{ share: 'one', duration: '5m' }],
          },
        ]
      : [],
};
