import type { DeclaredName, FisAction } from '../../../fis/action.ts';
import { fits } from '../../../fis/arn.ts';
import { findAction } from '../../../fis/catalogue.ts';
import type { Breach, Judged, Rule } from '../breach.ts';
import { isAmong } from '../declared.ts';
import type { FisActionProperties } from '../fis-properties.ts';
import { shown } from '../holes.ts';
import { textOf } from '../intrinsics.ts';
import { knownParametersOf } from '../known-parameters.ts';
import { isDeclaredNamespace } from '../namespaces.ts';
import { arnFindings } from './arns-in-json.ts';
import { customResourceFindings } from './custom-resource.ts';
import { jsonSchema, listOf } from './values.ts';

/** What a parameter names is hit whatever tag it carries. */
export const namedInParameters: Rule = {
  id: 'named-in-parameters',
  asks: 'documents, roles, namespaces, images, buckets, alarms and prefix lists that parameters name are declared',
  breaches: (judged) =>
    Object.entries(judged.properties.Actions).flatMap(([name, action]) => {
      const known = findAction(textOf(action.ActionId, judged.template));
      if (known === undefined) return [];
      const location = `Properties.Actions.${name}.Parameters`;
      return findingsOf(action, known, judged).map(({ message, fix }) => ({
        location,
        message: `action '${name}' ${message}`,
        fix,
      }));
    }),
};

type Finding = Omit<Breach, 'location'>;

const words: Readonly<Record<DeclaredName, string>> = {
  bucket: 'a bucket',
  document: 'an SSM document',
  guard: 'an alarm',
  image: 'a container image',
  prefixList: 'a managed prefix list',
};

const declareIt = "add it to the fence's 'declared', if the fault may touch it";

function findingsOf(action: FisActionProperties, known: FisAction, judged: Judged): Finding[] {
  const { Parameters = {} } = action;
  const clusters = clustersOf(action, known, judged);
  return [
    ...[...knownParametersOf(known).naming].flatMap(([parameter, what]) => {
      if (!Object.hasOwn(Parameters, parameter)) return [];
      const value = Parameters[parameter];
      return what === 'namespace'
        ? foreignNamespace(value, clusters, judged)
        : undeclared(value, parameter, words[what], known, judged);
    }),
    ...arnsInDocument(Parameters['documentParameters'], judged),
    ...customResourceFindings(Parameters, clusters, judged),
  ];
}

/** The clusters that an action on clusters names. */
function clustersOf({ Targets = {} }: FisActionProperties, { target }: FisAction, judged: Judged) {
  if (target?.resourceType !== 'aws:eks:cluster') return [];
  const name = textOf(Targets[target.key], judged.template);
  return listOf(judged.properties.Targets[name]?.ResourceArns);
}

function undeclared(
  value: unknown,
  parameter: string,
  what: string,
  known: FisAction,
  { template, fence }: Judged,
): Finding[] {
  if (isAmong(fence.declared, value, template)) return [];
  return textOf(value, template)
    .split(',')
    .filter((part) => !isAmong(fence.declared, part, template) && !isAlarmGuard(part, fence))
    .filter((part) => !(known.target !== undefined && isAmazonsOwn(part, template.place.region)))
    .map((part) => ({
      message: `names ${what} that is not declared (${parameter}): ${shown(part)}`,
      fix: declareIt,
    }));
}

const isAlarmGuard = (arn: string, { guards }: Judged['fence']) => guards.includes(arn);

/**
 * FIS's own scripts belong to Amazon (such ARNs have no account), act on nothing but the instances that the target selects, and undo what
 * they did.
 */
const isAmazonsOwn = (arn: string, region: string) => fits(`arn:*:ssm:${region}::document/AWSFIS-Run-*`, arn);

function foreignNamespace(value: unknown, clusters: readonly unknown[], judged: Judged): Finding[] {
  const { template, fence } = judged;
  const isDeclared =
    clusters.length > 0 && clusters.every((cluster) => isDeclaredNamespace(cluster, value, template, fence));
  if (isDeclared) return [];
  return [
    {
      message: `works in the namespace '${shown(textOf(value, template))}', which is not declared for its cluster`,
      fix: "add { cluster, namespace } to the fence's 'namespaces', if the fault may touch it",
    },
  ];
}

/** A document acts on whatever it is told to: the role that it takes on, above all. */
function arnsInDocument(value: unknown, judged: Judged): Finding[] {
  if (value === undefined) return [];
  const { success, data } = jsonSchema.safeParse(textOf(value, judged.template));
  if (success) return arnFindings(data, judged);
  return [
    {
      message: 'has documentParameters that are no JSON, so nobody can tell what they name',
      fix: 'write them as a text of JSON',
    },
  ];
}
