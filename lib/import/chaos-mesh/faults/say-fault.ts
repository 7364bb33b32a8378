import type { Decision } from '../../contract.ts';
import { pathOf, textsAt } from '../injection.ts';
import { shareOf } from '../selection.ts';
import { customResource, sayCustom } from './custom-resource.ts';
import type { FaultPlan } from './fault-plan.ts';
import { isNative, type Native } from './native.ts';

/** Where in a definition a fault goes. */
export interface Spot {
  /** The id of the definition. */
  readonly id: string;
  /** The name of the fault. */
  readonly fault: string;
  /** The stage that the injection is, from 0. */
  readonly stage: number;
  /** Whether Chaos Mesh is to carry it out though FIS could: beside another that only Chaos Mesh can. */
  readonly asManifest: boolean;
}

/** FIS's own action for an injection, where it is to be taken. */
const nativeOf = ({ decided }: FaultPlan, asManifest: boolean): Native | undefined =>
  asManifest || !isNative(decided) ? undefined : decided;

/** The fault as a definition writes it. */
export function faultOf(plan: FaultPlan, asManifest: boolean): Record<string, unknown> {
  const native = nativeOf(plan, asManifest);
  const selector = { service: plan.place.service };
  if (native === undefined) {
    const action = 'aws:eks:inject-kubernetes-custom-resource';
    return { action, selector, parameters: customResource(plan) };
  }
  return { action: native.action, selector, parameters: native.parameters };
}

/** The share of a stage; a manifest says by itself which pods are hit, in its one cluster. */
export const stageShare = (plan: FaultPlan, asManifest: boolean): string =>
  nativeOf(plan, asManifest) === undefined ? '100%' : shareOf(plan.selection).share;

/** Says of every field of an injection where it went, and what is to be decided of it. */
export function sayFault(plan: FaultPlan, spot: Spot): Decision[] {
  const native = nativeOf(plan, spot.asManifest);
  const to = (parameter: string) => `${spot.id}: faults.${spot.fault}.parameters.${parameter}`;
  const decisions = [...sayLength(plan, spot, native === undefined), ...decideLabels(plan, spot, native)];
  if (native === undefined) {
    sayCustom(plan, to);
    return [...decisions, ...decideMode(plan, spot), ...decidePeers(plan, spot), ...decideBite(spot)];
  }
  native.say(to);
  return [...decisions, ...sayNative(plan, spot, native)];
}

function sayLength(plan: FaultPlan, { id, fault, stage }: Spot, isManifest: boolean): Decision[] {
  const { injection, length, does } = plan;
  const to = `${id}: stages[${stage}].duration`;
  const alsoTo =
    isManifest && does.isOneShot !== true ? `${to}, faults.${fault}.parameters.spec.duration` : to;
  for (const path of length.paths) {
    if (does.isOneShot === true)
      injection.account.approximated(path, to, 'it is over at once: so long the stage looks on');
    else if (length.differs === undefined) injection.account.mapped(path, alsoTo);
    else injection.account.approximated(path, alsoTo, length.differs);
  }
  if (length.sourceMs !== undefined) return [];
  const question = 'the source does not say how long the fault lasts: is this right?';
  return [{ definition: id, path: ['stages', stage, 'duration'], question }];
}

/** Kubernetes does not tell a deployment's labels here, so a manifest keeps those of the source. */
function decideLabels({ place }: FaultPlan, { id, fault }: Spot, native: Native | undefined): Decision[] {
  if (native !== undefined || place.match !== 'named' || place.pods.selectorType === 'labelSelector')
    return [];
  return [
    {
      definition: id,
      path: ['faults', fault, 'parameters', 'spec'],
      question: `'${place.environment.id}' declares the pods of '${place.service}' by ${place.pods.selectorValue}, not by labels: do these select them and nothing else?`,
    },
  ];
}

const decidePeers = ({ peers }: FaultPlan, { id, fault }: Spot): Decision[] =>
  peers.question === undefined
    ? []
    : [{ definition: id, path: ['faults', fault, 'parameters', 'spec', 'target'], question: peers.question }];

function decideMode({ selection }: FaultPlan, { id, fault }: Spot): Decision[] {
  if (selection.isMissing !== true) return [];
  const question = 'the source does not say how many pods are hit: is it one?';
  return [{ definition: id, path: ['faults', fault, 'parameters', 'spec', 'mode'], question }];
}

/** FIS sees that the manifest was taken, and not what Chaos Mesh did (lib/fis/evidence.ts). */
const decideBite = ({ id, fault }: Spot): Decision[] => [
  {
    definition: id,
    path: ['faults', fault],
    question:
      "which metric moves when it bites? FIS does not know, and without one no run can hold: bite: { metric: ..., rises: '20%' }",
  },
];

function sayNative(plan: FaultPlan, { id, fault, stage }: Spot, native: Native): Decision[] {
  const { injection, does, place, selection } = plan;
  const { account, kind } = injection;
  account.mapped(pathOf(injection, 'action'), `${id}: faults.${fault}.action`);
  for (const key of ['labelSelectors', 'expressionSelectors', 'pods']) {
    const path = pathOf(injection, 'selector', key);
    const to = `${id}: faults.${fault}.selector.service`;
    if (place.match === 'same') account.mapped(path, to);
    else
      account.approximated(
        path,
        to,
        `the pods are those that '${place.environment.id}' declares for '${place.service}'`,
      );
  }
  const { differs, question } = shareOf(selection);
  for (const key of ['mode', 'value']) {
    const path = pathOf(injection, key);
    const to = `${id}: stages[${stage}].share`;
    if (differs === undefined) account.mapped(path, to);
    else account.approximated(path, to, differs);
  }
  if (kind === 'StressChaos' && textsAt(injection, 'containerNames').length > 0)
    account.mapped(
      pathOf(injection, 'containerNames'),
      `environment '${place.environment.id}': its declarations`,
    );
  account.rest(injection.at, (path) =>
    account.refused(path, `Chaos Mesh does not use it for ${does.action}, nor does ${native.action}`),
  );
  return question === undefined ? [] : [{ definition: id, path: ['stages', stage, 'share'], question }];
}
