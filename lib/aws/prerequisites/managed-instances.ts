import {
  type InstanceInformation,
  paginateDescribeInstanceInformation,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { isDenied } from '../aws-error.ts';
import { type Lack, lack, refused } from './reading.ts';

/** The tag by which FIS finds a task's managed instance (FIS user guide, "Use the ECS task actions"). */
const taskTag = 'ECS_TASK_ARN';

/** Values of one filter in a call: well below what Systems Manager takes, and one page of its answer. */
const tasksPerCall = 50;

interface Tag {
  readonly key: string;
  readonly value: string;
}

/** The managed instances that carry all these tags. Systems Manager joins tag filters with nothing else, and tells no tags. */
async function instancesWith(
  ssm: SSMClient,
  tags: readonly { readonly key: string; readonly values: readonly string[] }[],
): Promise<InstanceInformation[]> {
  const found: InstanceInformation[] = [];
  const pages = paginateDescribeInstanceInformation(
    { client: ssm, pageSize: tasksPerCall },
    { Filters: tags.map(({ key, values }) => ({ Key: `tag:${key}`, Values: [...values] })) },
  );
  for await (const page of pages) found.push(...(page.InstanceInformationList ?? []));
  return found;
}

const isOnline = ({ PingStatus }: InstanceInformation) => PingStatus === 'Online';

/** How many tasks they belong to: an agent that registered twice in a task has one address, and counts once. */
const tasksBehind = (instances: readonly InstanceInformation[]) =>
  new Set(instances.map(({ IPAddress, InstanceId }) => IPAddress ?? InstanceId)).size;

const mendRegistration =
  "See the log of the SSM agent's container: the task role needs ssm:CreateActivation, ssm:AddTagsToResource and iam:PassRole, and the task a way out to Systems Manager.";

/** What is wrong with the managed instance of one task; undefined when nothing is. */
async function lackOf(ssm: SSMClient, arn: string, tag: Tag): Promise<Lack | undefined> {
  const ofTask = { key: taskTag, values: [arn] };
  const registered = await instancesWith(ssm, [ofTask]);
  if (registered.length === 0)
    return lack(
      'the SSM agent has not registered the task as a managed instance, and one such task fails the action',
      mendRegistration,
    );
  if (!registered.some(isOnline))
    return lack('the SSM agent of the task does not answer Systems Manager', mendRegistration);
  const tagged = await instancesWith(ssm, [ofTask, { key: tag.key, values: [tag.value] }]);
  if (tagged.some(isOnline)) return undefined;
  return lack(
    `the managed instance of the task does not carry the environment tag ${tag.key}=${tag.value}, without which the role of FIS may not act on it`,
    `Let the sidecar register the task with the tag ${tag.key}=${tag.value} as well, and deploy the service.`,
  );
}

/**
 * Of each of these tasks what keeps FIS from running a script in it: no managed instance, none that answers, none with the
 * environment tag. Many tasks are asked for at once, and one by one only where some are not well.
 */
export async function lacksOfAgents(
  ssm: SSMClient,
  arns: readonly string[],
  tag: Tag,
): Promise<ReadonlyMap<string, Lack>> {
  const lacks = new Map<string, Lack>();
  try {
    for (let from = 0; from < arns.length; from += tasksPerCall) {
      const some = arns.slice(from, from + tasksPerCall);
      const well = await instancesWith(ssm, [
        { key: taskTag, values: some },
        { key: tag.key, values: [tag.value] },
      ]);
      if (tasksBehind(well.filter(isOnline)) === some.length) continue;
      for (const arn of some) {
        const found = await lackOf(ssm, arn, tag);
        if (found !== undefined) lacks.set(arn, found);
      }
    }
  } catch (thrown) {
    if (!isDenied(thrown)) throw thrown;
    const unknown = refused('ssm:DescribeInstanceInformation', 'the managed instances of the tasks');
    for (const arn of arns) lacks.set(arn, unknown);
  }
  return lacks;
}
