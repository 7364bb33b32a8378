import { closest, distance } from 'fastest-levenshtein';
import type { FisAction } from '../../../fis/action.ts';
import { actionIds, findAction } from '../../../fis/catalogue.ts';
import { isResourceType } from '../../../fis/resource-types.ts';
import { hintForAction } from '../../../fis/unknown-actions.ts';
import type { Breach, Judged, Rule } from '../breach.ts';
import type { FisActionProperties } from '../fis-properties.ts';
import { isReadable, shown } from '../holes.ts';
import { textOf } from '../intrinsics.ts';
import { knownParametersOf } from '../known-parameters.ts';

/** What the fence does not know it cannot judge: a parameter of a new action may name anything. */
export const knownActions: Rule = {
  id: 'known-actions',
  asks: 'every action, its target and its parameters are such as FIS has',
  breaches: (judged) => [
    ...Object.entries(judged.properties.Targets).flatMap(([name, { ResourceType }]) =>
      unknownType(name, textOf(ResourceType, judged.template)),
    ),
    ...Object.entries(judged.properties.Actions).flatMap(([name, action]) => {
      const id = textOf(action.ActionId, judged.template);
      const known = findAction(id);
      const location = `Properties.Actions.${name}`;
      const findings =
        known === undefined
          ? [unknownAction(id)]
          : [...targetFindings(action, known, judged), ...parameterFindings(action, known)];
      return findings.map(({ message, fix }) => ({
        location,
        message: `action '${name}' ${message}`,
        fix,
      }));
    }),
  ],
};

type Finding = Omit<Breach, 'location'>;

function unknownType(name: string, type: string): Breach[] {
  if (isResourceType(type)) return [];
  return [
    {
      location: `Properties.Targets.${name}.ResourceType`,
      message: `target '${name}' is of the type ${shown(type)}, which is none of FIS's`,
      fix: 'write a type such as aws:ecs:task; a newer version of steadfast-chaos may know more',
    },
  ];
}

function unknownAction(id: string): Finding {
  if (!isReadable(id))
    return { message: 'has an id that cannot be read before it is deployed', fix: 'write its actionId out' };
  const nearest = closest(id, [...actionIds]);
  const suggestion =
    hintForAction(id) ?? (distance(id, nearest) <= id.length / 3 ? `did you mean '${nearest}'?` : undefined);
  return {
    message: `is ${id}, which is none of FIS's`,
    fix: suggestion ?? "'steadfast faults' lists them; a newer version of steadfast-chaos may know more",
  };
}

function targetFindings({ Targets = {} }: FisActionProperties, known: FisAction, judged: Judged): Finding[] {
  const keys = Object.keys(Targets);
  const { target } = known;
  if (target === undefined) {
    return keys.length === 0
      ? []
      : [{ message: `has targets, and ${known.id} takes none`, fix: 'remove its targets' }];
  }
  const foreign = keys.filter((key) => key !== target.key);
  if (foreign.length > 0 || keys.length === 0) {
    return [
      {
        message:
          foreign.length > 0
            ? `has the target key ${foreign.join(', ')}, and ${known.id} takes ${target.key}`
            : `has no target, and ${known.id} acts on ${target.resourceType}`,
        fix: `write targets: { ${target.key}: '<name of a target>' }`,
      },
    ];
  }
  const name = textOf(Targets[target.key], judged.template);
  const named = judged.properties.Targets[name];
  if (named === undefined) {
    return [
      {
        message: `acts on the target '${shown(name)}', which the template does not have`,
        fix: `name one of ${Object.keys(judged.properties.Targets).join(', ') || 'its targets, once there are some'}`,
      },
    ];
  }
  const type = textOf(named.ResourceType, judged.template);
  return type === target.resourceType
    ? []
    : [
        {
          message: `acts on '${name}' of the type ${shown(type)}, and ${known.id} takes ${target.resourceType}`,
          fix: `name a target of the type ${target.resourceType}`,
        },
      ];
}

function parameterFindings({ Parameters = {} }: FisActionProperties, known: FisAction): Finding[] {
  const { all, required } = knownParametersOf(known);
  const missing = required.filter((name) => !Object.hasOwn(Parameters, name));
  const unknown = Object.keys(Parameters).filter((name) => !all.has(name));
  return [
    ...missing.map((name) => ({
      message: `lacks the parameter ${name}, which ${known.id} needs`,
      fix: `add ${name} to its parameters`,
    })),
    ...unknown.map((name) => ({
      message: `has the parameter ${name}, which ${known.id} does not take`,
      fix: all.size === 0 ? 'remove it' : `it takes ${[...all].join(', ')}`,
    })),
  ];
}
