import type { Recipe } from './recipe.ts';
import { tenthThenHalf } from './shares.ts';

export const slowFunctions: Recipe = {
  id: 'slow-functions',
  title: 'Lambda invocations start late',
  teaches:
    'Whether callers wait within their own time-outs, and whether what is queued behind them is processed once the functions are fast again.',
  breaks: ({ service, has }) =>
    has('aws:lambda:function')
      ? [
          {
            what: 'its functions, late',
            id: `late-${service}`,
            title: `Late functions of ${service} are waited for`,
            hypothesis: `If invocations of ${service} start two seconds late, callers still get their answer.`,
            faults: {
              late: {
                action: 'aws:lambda:invocation-add-delay',
                selector: { service },
                parameters: { delay: '2s' },
              },
            },
            stages: tenthThenHalf,
          },
        ]
      : [],
};
