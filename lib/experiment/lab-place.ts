import * as z from 'zod';
import { show } from '../fis/quantity.ts';

/** A letter, a zone's name or its id. */
export const zoneName = () =>
  z.string().regex(/^[a-z][a-z0-9-]*$/, {
    error: (issue) => `${show(issue.input)} is no zone: write 'a', or the zone's name or id`,
  });

/** Where a service is that is not where the lab is. */
export const region = () =>
  z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, {
      error: (issue) => `${show(issue.input)} is no Region: write it as 'eu-central-1'`,
    })
    .optional()
    .describe(
      'The Region that it is in, where that is another one than the rest of the lab: faults that cut a Region off, or pause replication, act on the links between the two.',
    );

/** The AWS services that a lab's service can answer in place of. */
export const awsApis = ['lambda', 'ec2', 'kinesis', 'dynamodb', 's3', 's3express'] as const;

export type AwsApi = (typeof awsApis)[number];

export const apis = () =>
  z
    .array(z.enum(awsApis))
    .min(1)
    .optional()
    .describe(
      "The AWS services that it plays. With 'lambda' each request is an invocation of a function, with 'ec2' or 'kinesis' a call of that API: faults on invocations and calls act on them. With 'dynamodb', 's3' or 's3express', a fault that cuts subnets off from that service cuts the links to it.",
    );
