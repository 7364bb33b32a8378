import type { DeclaredName, FisAction } from '../../fis/action.ts';
import { parameterFactsOf } from '../../fis/parameter-facts.ts';

/** What a parameter may name beside a target. */
type NamedThing = DeclaredName | 'namespace';

/** What the catalogue knows of an action's parameters, by their names in FIS. */
export interface KnownParameters {
  readonly all: ReadonlySet<string>;
  readonly required: readonly string[];
  /** Those that name something, with what they name. */
  readonly naming: ReadonlyMap<string, NamedThing>;
}

/** FIS takes stopped instances that are never started again; the language does not. */
const optionalInFis = 'startInstancesAfterDuration';

const read = new Map<string, KnownParameters>();

/** Reading the schemas takes a while, and an app may have hundreds of templates of one action. */
export function knownParametersOf(action: FisAction): KnownParameters {
  const known = read.get(action.id) ?? readParameters(action);
  read.set(action.id, known);
  return known;
}

function readParameters(action: FisAction): KnownParameters {
  const { durationParameter, trafficShareParameter, launchTypeParameters, assumedParameters = {} } = action;
  const ofPods = Object.entries(action.podParameters ?? {});
  const facts = parameterFactsOf(action);
  const others = [
    ...(durationParameter === undefined ? [] : [durationParameter]),
    ...(trafficShareParameter === undefined ? [] : [trafficShareParameter]),
    ...Object.values(launchTypeParameters ?? {}).flatMap(Object.keys),
    ...Object.keys(assumedParameters),
    ...ofPods.map(([name]) => name),
  ];
  return {
    all: new Set([...facts.map(({ fisName }) => fisName), ...others]),
    required: [
      ...facts.filter(({ isRequired }) => isRequired).map(({ fisName }) => fisName),
      ...ofPods.map(([name]) => name),
      ...(durationParameter === undefined || durationParameter === optionalInFis ? [] : [durationParameter]),
    ],
    naming: new Map([
      ...Object.values(action.fisParameters).flatMap(({ name, names }) =>
        names === undefined ? [] : [[name, names] as const],
      ),
      ...ofPods.flatMap(([name, what]) => (what === 'namespace' ? [[name, what] as const] : [])),
    ]),
  };
}
