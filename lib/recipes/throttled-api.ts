import type { Recipe } from './recipe.ts';
import { tenthThenHalf } from './shares.ts';

export const throttledApi: Recipe = {
  id: 'throttled-api',
  title: 'An AWS API throttles',
  teaches:
    'Whether calls to AWS are tried again with growing pauses, and whether anything that users feel waits for them.',
  breaks: ({ service, has }) =>
    has('aws:iam:role')
      ? [
          {
            what: 'its calls to EC2',
            id: `throttled-${service}`,
            title: `${service} lives with a throttled EC2 API`,
            hypothesis: `If EC2 throttles the calls of ${service}, it backs off and users notice nothing.`,
            faults: {
              throttle: {
                action: 'aws:fis:inject-api-throttle-error',
                selector: { service },
                parameters: { service: 'ec2', operations: ['DescribeInstances'] },
              },
            },
            stages: tenthThenHalf,
          },
        ]
      : [],
};
