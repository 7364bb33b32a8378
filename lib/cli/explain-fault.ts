import { createColors } from 'picocolors';
import { stringify } from 'yaml';
import type { FisAction } from '../fis/action.ts';
import { evidenceWords, lookWords, worthOfFisWord } from '../fis/evidence.ts';
import { exampleFault, parameterFactsOf } from '../fis/parameter-facts.ts';
import { confinementWords } from '../fis/permission.ts';
import { durationFromMs } from '../fis/quantity.ts';
import { resourceTypeFacts } from '../fis/resource-types.ts';
import { fisPrice } from '../fis/source.ts';

/** What a list tells of a fault. */
export const factsOf = ({
  id,
  service,
  title,
  target,
  trafficShareParameter,
  rehearsal,
  price,
}: FisAction) => ({
  id,
  service,
  title,
  /** The type of resources that it hits; null where it hits none of its own. */
  target: target?.resourceType ?? null,
  takesTraffic: trafficShareParameter !== undefined,
  fidelity: rehearsal.fidelity,
  price,
});

/** All that the catalogue knows of a fault. */
export const explanationOf = (action: FisAction) => ({
  ...factsOf(action),
  most: action.target?.maximum ?? null,
  lasts: action.durationParameter === undefined ? 'at once' : 'as long as the stage',
  leastDurationMs: action.leastDurationMs ?? null,
  parameters: parameterFactsOf(action).map(({ name, isRequired, kind, description, fisName }) => ({
    name,
    required: isRequired,
    kind,
    description,
    fisName,
  })),
  requires: action.requires,
  limits: action.limits ?? [],
  leavesBehind: action.leavesBehind,
  evidence: {
    effect: action.evidence.effect,
    /** What a run asks besides FIS; null where there is FIS's word alone, unless the fault names a metric. */
    looks: lookWords(action.evidence) ?? null,
    fisWord: worthOfFisWord(action.evidence),
  },
  rehearsal: action.rehearsal,
  permissions: action.permissions.map((permission) => ({
    action: permission.action,
    on: permission.on ?? null,
    when: permission.when ?? null,
    confined: confinementWords(permission),
  })),
  kubernetes: action.kubernetes ?? [],
  example: exampleFault(action),
  source: action.source,
});

/** The same for people. */
export function explanationLines(action: FisAction, colours: boolean): string[] {
  const paint = createColors(colours);
  const all = explanationOf(action);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', paint.bold(title), ...lines.map((line) => `  ${line}`)];
  const named = all.parameters.map(
    ({ name, kind, required }) => `${name} (${kind}${required ? ', required' : ''})`,
  );
  const width = Math.max(0, ...named.map((text) => text.length));
  return [
    `${paint.bold(all.id)}  ${all.title}`,
    ...section('Acts on', [targetWords(action), lastsWords(action), priceWords(action)]),
    ...section(
      'Parameters',
      all.parameters.map(({ description }, index) => `${(named[index] ?? '').padEnd(width)}  ${description}`),
    ),
    ...section('Needs', all.requires),
    ...section('Limits', all.limits),
    ...section('Leaves behind when it is stopped early', [all.leavesBehind]),
    ...section('Shows that it bit', evidenceWords(action.evidence)),
    ...section('In a rehearsal', [rehearsalWords(action)]),
    ...section(
      "Permissions of FIS's role",
      all.permissions.map(
        ({ action: name, on, when, confined }) =>
          `${name}${on === null ? '' : ` on ${on}`}${when === null ? '' : `, ${when}`}: ${confined}`,
      ),
    ),
    ...section('Kubernetes must allow, in the namespace', all.kubernetes),
    ...section('Example', stringify(all.example).trimEnd().split('\n')),
    '',
    paint.dim(all.source),
  ];
}

function targetWords({ target }: FisAction): string {
  if (target === undefined) return 'no resource of its own: it takes no selector';
  const { declaredUnder } = resourceTypeFacts(target.resourceType);
  const declared =
    declaredUnder === undefined ? '' : `, as the service declares them under '${declaredUnder}'`;
  return target.maximum === undefined
    ? `${target.resourceType}${declared}`
    : `${target.resourceType}, at most ${target.maximum} at once${declared}`;
}

function lastsWords({ durationParameter, leastDurationMs, trafficShareParameter }: FisAction): string {
  const least = leastDurationMs === undefined ? '' : `, at least ${durationFromMs(leastDurationMs).text}`;
  const lasts = durationParameter === undefined ? 'is over at once' : `lasts as long as the stage${least}`;
  return trafficShareParameter === undefined ? lasts : `${lasts}; a stage may give a share of the traffic`;
}

function priceWords({ price }: FisAction): string {
  const minute = `$${fisPrice.usdPerActionMinute.toFixed(2)} a minute`;
  switch (price) {
    case 'by the minute':
      return `FIS asks ${minute}`;
    case 'at once':
      return `FIS asks ${minute}, and rounds to minutes`;
    case 'not told':
      return 'FIS does not tell its price';
    case 'nothing':
      return 'only in a lab: FIS has no part in it';
  }
}

function rehearsalWords({ rehearsal }: FisAction): string {
  switch (rehearsal.fidelity) {
    case 'same':
      return 'the same';
    case 'approximate':
      return `approximate: ${rehearsal.differs}`;
    case 'not rehearsable':
      return `not rehearsable: ${rehearsal.why}`;
  }
}
