import * as z from 'zod';
import { arnParts } from '../fis/arn.ts';
import { show } from '../fis/quantity.ts';

const matching = (pattern: RegExp, what: string) =>
  z.string().regex(pattern, { error: ({ input }) => `${show(input)} is no ${what}` });

/** An IAM role: FIS takes roles by their whole ARNs only. */
export const roleArn = () =>
  matching(
    /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    'ARN of a role, such as arn:aws:iam::111111111111:role/shop',
  );

/** An EKS cluster, by its whole ARN. */
const clusterArn = () =>
  matching(
    /^arn:[a-z-]+:eks:[a-z0-9-]+:\d{12}:cluster\/[A-Za-z0-9][\w-]*$/,
    'ARN of an EKS cluster, such as arn:aws:eks:eu-west-1:111111111111:cluster/shop',
  );

/**
 * A resource that IAM confines a fault to by ARN alone, or several by a pattern: `*` stands for any text, but only behind the
 * beginning of the resource, so that a pattern never leaves its service, account, Region or type.
 */
const resourceArn = () =>
  matching(
    /^arn:[a-z-]+:(?!iam:)[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:[A-Za-z0-9][\w+=,.@/:*-]*$/,
    "ARN of a resource, such as arn:aws:kinesis:eu-west-1:111111111111:stream/orders-* (roles stand under 'roles')",
  );

/** Where FIS leaves a fault for Lambda functions: a bucket with a prefix, never a whole bucket. */
const faultConfigurationArn = () =>
  matching(
    /^arn:[a-z-]+:s3:::[a-z0-9][a-z0-9.-]+\/[\w!.()'/-]+$/,
    'ARN of a bucket with a prefix, such as arn:aws:s3:::fault-configuration/shop/',
  );

/** The name of a bucket (S3 user guide, "Bucket naming rules"). */
export const bucketName = () => matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'name of a bucket');

/** What FIS takes as it is: an id, a name or an address without white space. */
export const identifier = () =>
  matching(/^[^\s,*?]+$/, "identifier: it must be there, without spaces, commas, '*' and '?'");

/** An SSM document, by its name or ARN: whose it is, its account says, or the `AWS` that Amazon's own begin with. */
export const documentName = () =>
  matching(
    /^(arn:[a-z-]+:ssm:[a-z0-9-]+:(\d{12})?:document\/)?[\w.-]+$/,
    'name or ARN of an SSM document, such as AWSFIS-Run-CPU-Stress',
  );

/** A state machine, by its name or ARN; no version and no alias, since its executions are named by the machine alone. */
export const stateMachineName = () =>
  matching(
    /^(arn:[a-z-]+:states:[a-z0-9-]+:\d{12}:stateMachine:)?[\w-]{1,80}$/,
    'name or ARN of a state machine, such as shop-shoppers',
  );

/** A role that is passed on, by its name or ARN. */
export const roleName = () =>
  matching(
    /^(arn:[a-z-]+:iam::\d{12}:role\/)?[\w+=,.@/-]+$/,
    'name or ARN of a role, such as arn:aws:iam::111111111111:role/runbook',
  );

/** A label of DNS, as Kubernetes names namespaces and containers. */
const dnsLabel = (what: string) =>
  matching(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    `name of a ${what}: lower case letters, digits and hyphens`,
  );

const labels = () =>
  matching(
    /^[\w./-]+=[\w.-]+(,[\w./-]+=[\w.-]+)*$/,
    "selector of labels, such as 'app=shop' or 'app=shop,tier=web'",
  );

/** How FIS finds the pods of a service, and what it acts as there. */
const podsSchema = z.strictObject({
  cluster: clusterArn().describe('The ARN of the EKS cluster.'),
  namespace: dnsLabel('namespace').describe(
    'The Kubernetes namespace of the pods; no fault reaches another.',
  ),
  pods: z
    .union([
      z.strictObject({ label: labels().describe('Their labels, such as `app=shop`.') }),
      z.strictObject({ deployment: identifier().describe('The name of their deployment.') }),
      z.strictObject({ pod: identifier().describe('The name of the one pod.') }),
    ])
    .describe('Which pods of the namespace are the service.'),
  serviceAccount: identifier().describe('The Kubernetes service account that FIS acts as, in the namespace.'),
  container: dnsLabel('container')
    .optional()
    .describe('The container that is hit; the first of a pod where absent.'),
});

/** What a service declares beside tags: what FIS cannot select, or IAM cannot confine, by tag. */
export const declarations = {
  eks: podsSchema.optional().describe('Its pods: FIS selects them by cluster and namespace, never by tag.'),
  roles: z
    .array(roleArn())
    .min(1)
    .optional()
    .describe('The IAM roles that its processes wear, by ARN; faults of AWS APIs hit their calls.'),
  resources: z
    .array(resourceArn())
    .min(1)
    .optional()
    .describe(
      'The ARNs of what IAM confines a fault to by ARN alone: streams, DSQL clusters, Auto Scaling groups, route tables, buckets.',
    ),
  faultConfiguration: faultConfigurationArn()
    .optional()
    .describe(
      'Where the FIS extension of its Lambda functions looks: the ARN in their AWS_FIS_CONFIGURATION_LOCATION.',
    ),
};

type Declarations = z.output<z.ZodObject<typeof declarations>>;

interface Place {
  readonly account: string;
  readonly region: string;
}

/** What a service declares that lies in another account or Region than its environment, with where it stands and why. */
export const misplacedIn = ({ eks, roles = [], resources = [] }: Declarations, place: Place) =>
  [
    ...(eks === undefined ? [] : [{ arn: eks.cluster, path: ['eks', 'cluster'] }]),
    ...roles.map((arn, index) => ({ arn, path: ['roles', index] })),
    ...resources.map((arn, index) => ({ arn, path: ['resources', index] })),
  ].flatMap(({ arn, path }) => {
    const message = misplaced(arn, place);
    return message === undefined ? [] : [{ path, message: `${arn} ${message}` }];
  });

function misplaced(arn: string, place: Place): string | undefined {
  const { account = '', region = '' } = arnParts(arn) ?? {};
  // What is no ARN has been refused for that.
  if (`${account}${region}`.includes('*')) return undefined;
  if (account !== '' && account !== place.account)
    return `is in account ${account}, and the environment is ${place.account}`;
  if (region !== '' && region !== place.region)
    return `is in ${region}, and the environment in ${place.region}`;
  return undefined;
}
