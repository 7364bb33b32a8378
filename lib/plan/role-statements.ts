import type { FisPermission } from '../fis/permission.ts';
import { type Place, partitionOf } from './aws-names.ts';

/** A statement of an IAM policy, as IAM writes it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What FIS's role is confined to: the environment tag, in one account and Region. */
export interface Confinement {
  readonly tag: { readonly key: string; readonly value: string };
  readonly place: Place;
}

/** What a permission's confinement means to IAM; permissions of one key share a statement. */
interface Grant {
  readonly sid: string;
  readonly resource: string;
  readonly equals?: Readonly<Record<string, string>>;
}

/** The tag that FIS puts on what it makes itself (FIS user guide, "Actions reference", network actions). */
const ofFis = { key: 'managedByFIS', value: 'true' };

function grantsOf({ confinedBy, on }: FisPermission, { tag, place }: Confinement): Grant[] {
  const { key, value } = tag;
  const resource = on === undefined ? '*' : resourceArn(on, place);
  const arn = `arn:${partitionOf(place.region)}`;
  if (confinedBy === 'tag')
    return [{ sid: 'OnlyInTheEnvironment', resource, equals: { [`aws:ResourceTag/${key}`]: value } }];
  if (confinedBy === 'managedInstanceTag') {
    return [
      {
        sid: 'OnlyOnItsManagedInstances',
        resource: `${arn}:ssm:${place.region}:${place.account}:managed-instance/*`,
        equals: { [`ssm:resourceTag/${key}`]: value },
      },
      // The scripts that FIS runs belong to Amazon: such ARNs have no account.
      { sid: 'OnlyAmazonsScripts', resource: `${arn}:ssm:${place.region}::document/AWSFIS-Run-*` },
    ];
  }
  if (confinedBy === 'madeByFis')
    return [{ sid: 'OnlyWhatFisMade', resource, equals: { [`aws:ResourceTag/${ofFis.key}`]: ofFis.value } }];
  if (confinedBy === 'makingForFis')
    return [{ sid: 'OnlyToMakeItsOwn', resource, equals: { [`aws:RequestTag/${ofFis.key}`]: ofFis.value } }];
  if ('taggingForFis' in confinedBy) {
    return [
      {
        sid: `OnlyToTagAt${confinedBy.taggingForFis}`,
        resource,
        equals: {
          [`aws:RequestTag/${ofFis.key}`]: ofFis.value,
          'ec2:CreateAction': confinedBy.taggingForFis,
        },
      },
    ];
  }
  return [{ sid: 'WhatIamCannotConfine', resource }];
}

/** `ec2:subnet/*` as the ARN of all subnets of an account and Region. */
function resourceArn(on: string, { account, region }: Place): string {
  const [service = '', resource = ''] = on.split(':');
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** One statement for each confinement and resource, in the order in which they first come up. */
export function roleStatementsOf(
  permissions: readonly FisPermission[],
  within: Confinement,
): PolicyStatement[] {
  const groups = new Map<string, { grant: Grant; actions: Set<string> }>();
  for (const permission of permissions) {
    for (const grant of grantsOf(permission, within)) {
      const key = `${grant.sid} ${grant.resource}`;
      const group = groups.get(key) ?? { grant, actions: new Set() };
      groups.set(key, group);
      group.actions.add(permission.action);
    }
  }
  return [...groups.values()]
    .map(({ grant, actions }) => ({
      Sid: `${grant.sid}${kindIn(grant)}`,
      Effect: 'Allow' as const,
      Action: [...actions].toSorted(),
      Resource: [grant.resource],
      ...(grant.equals === undefined ? {} : { Condition: { StringEquals: grant.equals } }),
    }))
    .toSorted((one, other) => orderOf(one.Sid) - orderOf(other.Sid) || one.Sid.localeCompare(other.Sid));
}

/** What tells statements of one confinement apart: the type of the resources they are limited to. */
function kindIn({ sid, resource }: Grant): string {
  if (resource === '*' || sid === 'OnlyOnItsManagedInstances' || sid === 'OnlyAmazonsScripts') return '';
  const type = resource.split(':').at(-1)?.split('/')[0] ?? '';
  return type
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}

/** Statements stand from the closest confinement to none. */
const order = [
  'OnlyInTheEnvironment',
  'OnlyOnItsManagedInstances',
  'OnlyAmazonsScripts',
  'OnlyWhatFisMade',
  'OnlyToMakeItsOwn',
  'OnlyToTagAt',
  'WhatIamCannotConfine',
];
const orderOf = (sid: string) => order.findIndex((beginning) => sid.startsWith(beginning));
