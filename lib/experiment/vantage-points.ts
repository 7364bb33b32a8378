import * as z from 'zod';
import { logicalName, named, sentence } from './names.ts';
import { inside, longestFunctionName, outside, probeFunctionName } from './vantage-point-names.ts';

/** Where in a VPC a prober stands, by name. */
export const vantagePointsSchema = named(
  z.strictObject({
    vpc: sentence().describe('Its id.'),
    subnets: z.array(sentence()).min(1).describe('Their ids.'),
    securityGroups: z.array(sentence()).min(1).describe('Ids of the security groups that the prober gets.'),
  }),
);

/** What is wrong with the names of an environment's vantage points, by name. */
export function misnamedIn(
  environment: string,
  points: Readonly<Record<string, unknown>> = {},
): { readonly name: string; readonly message: string }[] {
  return Object.keys(points).flatMap((name) => {
    if (name === outside || name === inside)
      return [{ name, message: `'${name}' has a meaning of its own in probes: take another name` }];
    const tooMany = probeFunctionName(environment, name).length - longestFunctionName;
    return tooMany > 0
      ? [{ name, message: `is ${tooMany} characters too long for the name of its function: shorten it` }]
      : [];
  });
}

/** Where a request is sent from. */
export const fromSchema = z.union([z.literal(inside), z.array(logicalName()).min(1)], {
  error: `write '${inside}', for all vantage points of the environment, or a list of their names`,
});

/** Something that is known to be well. */
export const selfCheckSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'write a URL that begins with http:// or https://' })
      .describe('Where any answer shows that a prober is well.'),
  })
  .describe(
    "What probers look at when they get no answer, to tell whether they are broken themselves; DynamoDB's own health check of the Region where absent.",
  );
