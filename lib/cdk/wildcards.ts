import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A statement of a policy, as far as its resources go. */
export interface Granting {
  readonly sid: string | undefined;
  readonly resources: readonly string[];
}

/** Why a statement of Steadfast's own functions names more than one resource, by its Sid, although it is limited. */
const ofFunctions: Readonly<Record<string, string>> = {
  Runs: 'each run has a prefix of its own, and runs are not known when this is deployed',
  Experiments: "only experiments that carry this environment's tag, by a condition",
  OwnTemplates: "only templates that carry this environment's tag, by a condition",
  StartTagged: "only experiments that are started with this environment's tag, by a condition",
  PrerequisitesOfFunctions: "only functions that carry the environment's tag, by a condition",
  TasksOfServices:
    'only tasks of clusters that the environment declares; their ids are not known when this is deployed',
  Executions: "executions of the environment's own runner; runs are not known when this is deployed",
  OrphanedExecutions: "executions of the environment's own runner; runs are not known when this is deployed",
  TrafficExecutions:
    'only executions that Steadfast started, of state machines that the environment declares; runs are not known when this is deployed',
  Plans: 'each campaign has a prefix of its own, and campaigns are not known when this is deployed',
  Launchers: "only state machines that carry the environment's tag, by a condition",
  Rejections: 'each run has a prefix of its own, and runs are not known when this is deployed',
  GameDayFiles: 'each edition has a prefix of its own, and editions are not known when this is deployed',
  KillSwitchAnswers: "executions of the environment's own kill switch, which have new names",
  Log: "the runtime names the streams of the function's own log group",
  Trace: 'IAM knows no resource for delivering traces',
};

/** Why a statement of FIS's roles does, by the beginning of its Sid. */
const ofFaults: Readonly<Record<string, string>> = {
  OnlyInTheEnvironment: "only resources that carry the environment's tag, by a condition",
  OnlyOnItsInstances: "only instances that carry the environment's tag, by a condition",
  OnlyOnItsManagedInstances: "only managed instances that carry the environment's tag, by a condition",
  OnlyAmazonsScripts: "Amazon's own documents for FIS, which act only on instances allowed beside them",
  OnlyDeclared: 'only what the environment declares, in the ARN or by a condition',
  OnlyBelowDeclared: 'only objects below the prefixes that the environment declares',
  OnlyWhatFisMade: 'only what FIS has made and tagged as its own, by a condition',
  OnlyToMakeItsOwn: 'only what FIS tags as its own in the same call, by a condition',
  OnlyToTagAt: 'only to tag what FIS makes, in the call that makes it, by conditions',
  AnywhereInThisIsolatedAccount: 'the environment says that its account shares nothing with another, and why',
  WhatIamCannotConfine: 'IAM knows neither resource nor condition for these; the page of faults lists them',
  Log: 'IAM knows no resource for setting up the delivery of logs',
};

/** Delivering logs and traces: calls that FIS's, Step Functions' and Lambda's own guides ask for on every resource. */
export const observabilityKnowsNoResource =
  'IAM knows no resource for delivering traces, nor for setting up the delivery of logs';

/**
 * Tells reviewers, and tools such as cdk-nag, why a role names more than one resource. Each wildcard has the reasons of all the
 * statements that use it; it stays an open finding where one of them has none.
 */
export function acknowledgeWildcards(
  role: IConstruct,
  statements: readonly Granting[],
  reasonOf: (sid: string) => string | undefined,
): void {
  const wildcards = new Set(
    statements.flatMap(({ resources }) => resources.filter((one) => one.includes('*'))),
  );
  const acknowledged = [...wildcards].flatMap((wildcard) => {
    const reasons = statements
      .filter(({ resources }) => resources.includes(wildcard))
      .map(({ sid = '' }) => reasonOf(sid));
    return reasons.includes(undefined)
      ? []
      : [[findingOf(wildcard), [...new Set(reasons)].join('; ')] as const];
  });
  if (acknowledged.length === 0) return;
  // As `Validations` does it, all at once and without a stack trace for each: hundreds of experiments have a role of their own.
  role.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, Object.fromEntries(acknowledged));
}

/** The same for one ARN and one reason. */
export const acknowledgeWildcard = (role: IConstruct, resource: string, reason: string): void =>
  Validations.of(role).acknowledge({ id: findingOf(resource), reason });

/** The id of cdk-nag's rule on wildcards, with the finding that it is about. */
const findingOf = (resource: string) => `AwsSolutions-IAM5[Resource::${resource}]`;

/** What is granted on another environment too has the same reason there. */
export const reasonOfFunctions = (sid: string): string | undefined =>
  ofFunctions[sid] ?? ofFunctions[sid.replace(/Of[A-Z0-9]\w*$/, '')];

export const reasonOfFaults = (sid: string): string | undefined =>
  Object.entries(ofFaults).find(([beginning]) => sid.startsWith(beginning))?.[1];
