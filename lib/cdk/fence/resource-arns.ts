import { type Place, partitionOf } from '../../plan/aws-names.ts';

/** Resources whose names are worth reading: the property that holds the name, and what stands around it in their ARN. */
export const readableTypes: Readonly<
  Record<string, { readonly named: string; readonly service: string; readonly before: string }>
> = {
  'AWS::CloudWatch::Alarm': { named: 'AlarmName', service: 'cloudwatch', before: 'alarm:' },
  'AWS::CloudWatch::CompositeAlarm': { named: 'AlarmName', service: 'cloudwatch', before: 'alarm:' },
  'AWS::EKS::Cluster': { named: 'Name', service: 'eks', before: 'cluster/' },
  'AWS::IAM::Role': { named: 'RoleName', service: 'iam', before: 'role/' },
};

/** The partition of a Region that may not be known. */
export const partitionIn = (region: string) => (region.startsWith('<') ? '<partition>' : partitionOf(region));

/** The ARN of something in a place, with what is not known of the place as it stands there. IAM knows no Regions. */
export function arnIn({ account, region }: Place, service: string, resource: string): string {
  return `arn:${partitionIn(region)}:${service}:${service === 'iam' ? '' : region}:${account}:${resource}`;
}
