import type { Recipe } from './recipe.ts';
import { tenthThenHalf } from './shares.ts';

export const failingFunctions: Recipe = {
  id: 'failing-functions',
  title: 'Lambda invocations fail',
  teaches:
    'Whether failed invocations are tried again, end in a dead-letter queue that somebody reads, and are shown to users as less rather than as nothing.',
  breaks: ({ service, has }) =>
    has('aws:lambda:function')
      ? [
          {
            what: 'its functions, failing',
            id: `failing-${service}`,
            title: `Failing functions of ${service} lose nothing`,
            hypothesis: `If a share of the invocations of ${service} fails, nothing is lost and users are served.`,
            faults: {
              fail: {
                action: 'aws:lambda:invocation-error',
                selector: { service },
                parameters: { preventExecution: true },
              },
            },
            stages: tenthThenHalf,
          },
        ]
      : [],
};
