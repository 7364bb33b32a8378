import { isOfKind } from '../fis/arn.ts';
import { declarationFor, type FisPermission, type ParameterKeys } from '../fis/permission.ts';
import { arnOfKind, partitionOf } from './aws-names.ts';
import type { Conditions, Confinement } from './role-confinement.ts';

/** What a permission's confinement means to IAM; permissions of one grant share a statement. */
export interface Grant {
  readonly sid: string;
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/** The tag that FIS puts on what it makes itself (FIS user guide, "Actions reference", network actions). */
const ofFis = { key: 'managedByFIS', value: 'true' };

/** What a permission is granted on; nothing where only a declaration would confine it and there is none. */
export function grantsOf(permission: FisPermission, within: Confinement): readonly Grant[] {
  if (declarationFor(permission) === undefined) return taggedGrants(permission, within);
  const declared = declaredGrants(permission, within);
  // What is needed only sometimes is given only where somebody has declared that it is.
  const mayReachAll = within.isolated === true && permission.when === undefined;
  return declared.length > 0 || !mayReachAll ? declared : [grantOnAccount(permission, within)];
}

/** Confined by tags, or not at all. */
function taggedGrants(
  { confinedBy, on, only }: FisPermission,
  { tag, place }: Confinement,
): readonly Grant[] {
  const { key, value } = tag;
  // An ARN says its Region; of all resources those of another Region may wear the same tag.
  const here = on === undefined ? { 'aws:RequestedRegion': place.region } : {};
  const resources = [on === undefined ? '*' : arnOfKind(on, place)];
  const arn = `arn:${partitionOf(place.region)}:ssm:${place.region}`;
  const kind = kindWords(on);
  if (confinedBy === 'tag') {
    const conditions = {
      StringEquals: { [`aws:ResourceTag/${key}`]: value, ...here },
      ...only?.conditions,
    };
    return [{ sid: `OnlyInTheEnvironment${kind}`, resources, conditions }];
  }
  if (confinedBy === 'instanceTag')
    return [
      {
        sid: 'OnlyOnItsInstances',
        resources,
        conditions: { StringEquals: { [`ssm:resourceTag/${key}`]: value } },
      },
    ];
  if (confinedBy === 'managedInstanceTag') {
    return [
      {
        sid: 'OnlyOnItsManagedInstances',
        resources: [`${arn}:${place.account}:managed-instance/*`],
        conditions: { StringEquals: { [`ssm:resourceTag/${key}`]: value } },
      },
      // The scripts that FIS runs belong to Amazon: such ARNs have no account.
      { sid: 'OnlyAmazonsScripts', resources: [`${arn}::document/AWSFIS-Run-*`] },
    ];
  }
  if (confinedBy === 'madeByFis') {
    const conditions = { StringEquals: { [`aws:ResourceTag/${ofFis.key}`]: ofFis.value, ...here } };
    return [{ sid: `OnlyWhatFisMade${kind}`, resources, conditions }];
  }
  if (confinedBy === 'makingForFis') {
    const conditions = { StringEquals: { [`aws:RequestTag/${ofFis.key}`]: ofFis.value } };
    return [{ sid: `OnlyToMakeItsOwn${kind}`, resources, conditions }];
  }
  if ('taggingForFis' in confinedBy) {
    const call = confinedBy.taggingForFis;
    const conditions = {
      StringEquals: { [`aws:RequestTag/${ofFis.key}`]: ofFis.value, 'ec2:CreateAction': call },
    };
    return [{ sid: `OnlyToTagAt${call}${kind}`, resources, conditions }];
  }
  return [{ sid: `WhatIamCannotConfine${kind}`, resources }];
}

/** Confined by what is declared of the kind; none where nothing is. */
function declaredGrants({ confinedBy, on }: FisPermission, within: Confinement): readonly Grant[] {
  if (typeof confinedBy === 'string') return [];
  const { declared = [], faultConfigurations = [], place } = within;
  if ('prefix' in confinedBy) {
    if (faultConfigurations.length === 0) return [];
    const resources = faultConfigurations.map((location) => `${location.replace(/\/+$/, '')}/*`);
    return [{ sid: 'OnlyBelowDeclaredPrefixes', resources: sorted(resources) }];
  }
  if ('fisTargets' in confinedBy) {
    const targets = declared.filter((arn) => isOfKind(arn, confinedBy.targets));
    if (targets.length === 0) return [];
    return [
      {
        sid: `OnlyDeclaredTargets${kindWords(confinedBy.targets)}`,
        resources: [on === undefined ? '*' : arnOfKind(on, place)],
        conditions: targetConditions(confinedBy, sorted(targets), within),
      },
    ];
  }
  if (!('declared' in confinedBy) || on === undefined) return [];
  const resources = declared.filter((arn) => isOfKind(arn, on));
  if (resources.length === 0) return [];
  return [{ sid: `OnlyDeclared${kindWords(on)}`, resources: sorted(resources), ...passedTo(confinedBy) }];
}

const passedTo = ({ passedTo: service }: { readonly passedTo?: string }) =>
  service === undefined ? {} : { conditions: { StringEquals: { 'iam:PassedToService': service } } };

/**
 * All targets are among these, and there are some: a set operator alone would hold of a request that names none. `fis:Targets` holds
 * texts, the others ARNs (service authorization reference, September 2026).
 */
function targetConditions(
  { fisTargets, within }: { readonly fisTargets: string; readonly within?: ParameterKeys },
  targets: readonly string[],
  { parameters = [] }: Confinement,
): Conditions {
  const values = (name: string) => parameters.flatMap((stage) => stage[name] ?? []);
  const told = (keys: Readonly<Record<string, string>> = {}) =>
    Object.entries(keys).flatMap(([key, name]) => {
      const given = [...new Set(values(name))];
      return given.length === 0 ? [] : [[key, given] as const];
    });
  const equal = Object.fromEntries(told(within?.equal));
  const among = Object.fromEntries(
    told(within?.among).map(([key, lists]) => [key, sorted(lists.flatMap((list) => list.split(',')))]),
  );
  const atMost = Object.fromEntries(
    told(within?.atMost).map(([key, numbers]) => [key, String(Math.max(...numbers.map(Number)))]),
  );
  const ofTargets = fisTargets === 'fis:Targets' ? 'ForAllValues:StringLike' : 'ForAllValues:ArnLike';
  const present = Object.fromEntries([fisTargets, ...Object.keys(among)].map((key) => [key, 'false']));
  return {
    [ofTargets]: { [fisTargets]: targets },
    ...(Object.keys(among).length === 0 ? {} : { 'ForAllValues:StringEquals': among }),
    ...(Object.keys(equal).length === 0 ? {} : { StringEquals: equal }),
    ...(Object.keys(atMost).length === 0 ? {} : { NumericLessThanEquals: atMost }),
    Null: present,
  };
}

/** Everything of the kind in an account that shares nothing with another. */
function grantOnAccount({ confinedBy, on }: FisPermission, within: Confinement): Grant {
  const { place } = within;
  const resources = [on === undefined ? '*' : arnOfKind(on, place)];
  const kind = kindWords(on);
  const sid = `AnywhereInThisIsolatedAccount${kind}`;
  if (typeof confinedBy === 'object' && 'fisTargets' in confinedBy) {
    const conditions = targetConditions(confinedBy, [arnOfKind(confinedBy.targets, place)], within);
    return { sid: `AnywhereInThisIsolatedAccount${kindWords(confinedBy.targets)}`, resources, conditions };
  }
  // The ARNs of objects say no account.
  return typeof confinedBy === 'object' && 'prefix' in confinedBy
    ? { sid, resources, conditions: { StringEquals: { 's3:ResourceAccount': place.account } } }
    : { sid, resources };
}

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();

/** `ec2:network-acl/*` as the end of a statement's name: `NetworkAcl`. */
function kindWords(kind: string | undefined): string {
  const type = kind?.split(':')[1]?.split('/')[0] ?? '';
  return type
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}
