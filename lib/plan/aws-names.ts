/** The partition that a Region belongs to, the first part of every ARN (AWS general reference, "ARNs"). */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/**
 * Where DynamoDB answers whoever asks, without credentials: what a prober may look at to see that it is well itself. The runner needs
 * DynamoDB of its Region as it is. AWS documents no such address, but any answer will do, and its endpoint gives one to every request.
 */
export const healthCheckOfDynamo = (region: string) =>
  `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/ping`;

/** The alarm that Steadfast makes for a guard. */
export const alarmName = (environment: string, guard: string) => `steadfast-${environment}-${guard}`;

/** The path of the parameters that list the experiments an environment is deployed with. */
export const experimentListPath = (environment: string) => `/steadfast/${environment}/experiments`;

/** The tags by which Steadfast knows what is its own: FIS templates and experiments, and launchers. */
export const tagKeys = {
  environment: 'steadfast:environment',
  experiment: 'steadfast:experiment',
  run: 'steadfast:run',
} as const;

/** Where in AWS something is. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** Where the Region is not known yet; else it follows from the Region. */
  readonly partition?: string;
}

/** The partition of a place. */
export const partitionIn = ({ partition, region }: Place): string => partition ?? partitionOf(region);

/** All resources of a kind in an account and Region, `ec2:subnet/*`, as an ARN. */
export function arnOfKind(kind: string, place: Place): string {
  const { account, region } = place;
  const separator = kind.indexOf(':');
  const service = kind.slice(0, separator);
  return `arn:${partitionIn(place)}:${service}:${service === 'iam' ? '' : region}:${account}:${kind.slice(separator + 1)}`;
}

/** The ARN of an SSM document, by its name or its ARN. Amazon's own have no account, and nobody else's begin with AWS. */
export const documentArn = (document: string, place: Place) =>
  document.startsWith('arn:')
    ? document
    : `arn:${partitionIn(place)}:ssm:${place.region}:${document.startsWith('AWS') ? '' : place.account}:document/${document}`;

/** What IAM is asked on when an automation starts: every version of the document as a runbook. */
export const automationDefinitionArn = (document: string, place: Place) =>
  `${documentArn(document, place).replace(':document/', ':automation-definition/')}:*`;

/** The ARN of a role, by its name or its ARN. */
export const roleArn = (role: string, { account, region }: Place) =>
  role.startsWith('arn:') ? role : `arn:${partitionOf(region)}:iam::${account}:role/${role}`;

/** The ARN of a state machine, by its name or its ARN. */
export const stateMachineArn = (machine: string, place: Place) =>
  machine.startsWith('arn:')
    ? machine
    : `arn:${partitionIn(place)}:states:${place.region}:${place.account}:stateMachine:${machine}`;

/** The beginning of the names of executions that make traffic for a run: what may be stopped is told by it. */
export const trafficExecutionPrefix = 'steadfast-';

/** The ARN of an execution, by its state machine's; `*` stands for any text. */
export const executionArn = (machineArn: string, execution: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${execution}`;

/** The ARN of an alarm, by its name or its ARN. */
export const alarmArn = (alarm: string, place: Place) =>
  alarm.startsWith('arn:')
    ? alarm
    : `arn:${partitionIn(place)}:cloudwatch:${place.region}:${place.account}:alarm:${alarm}`;
