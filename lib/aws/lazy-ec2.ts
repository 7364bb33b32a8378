import type { EC2Client, EC2ClientConfig } from '@aws-sdk/client-ec2';

/**
 * EC2's client, loaded by whoever asks for it first: loading it takes longer than all others together (some 300 ms), and few runs need
 * it. A function that must end a fault at once does not wait for it as it starts.
 */
export type LazyEc2 = () => Promise<EC2Client>;

export function lazyEc2(config: EC2ClientConfig): LazyEc2 {
  let client: Promise<EC2Client> | undefined;
  return () => {
    client ??= import('@aws-sdk/client-ec2').then(({ EC2Client: Client }) => new Client(config));
    return client;
  };
}

/** The last part of an ARN: `i-0a1b2c3d` of an instance, `subnet-0a1b2c3d` of a subnet. */
export const ec2Id = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** How many values a filter of EC2 takes (EC2 API reference, "Filter"). */
const valuesPerFilter = 200;

/** The values in parts that a filter takes. */
export const filtered = (values: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(values.length / valuesPerFilter) }, (_, index) =>
    values.slice(index * valuesPerFilter, (index + 1) * valuesPerFilter),
  );
