import * as z from 'zod';
import { alarmArn } from '../../plan/aws-names.ts';
import { declarationsOf } from '../../plan/declared.ts';
import type { PlanTarget } from '../../plan/plan-target.ts';
import { polledBy } from '../../plan/polled-guard.ts';
import { acceptedIn } from '../../plan/problems/json-text-problems.ts';

/**
 * What keeps FIS templates within an environment. In every list a text may hold `*` for any text, and may be a token of CDK, such as
 * `cluster.clusterArn`.
 */
export interface FenceOptions {
  /** The environment tag, which every target selects by. */
  readonly tag: { readonly key: string; readonly value: string };
  /** The environment's account, 12 digits. Where it is given, templates of stacks elsewhere are refused. */
  readonly account?: string;
  /** The environment's Region. Where it is given, templates of stacks elsewhere are refused. */
  readonly region?: string;
  /** Alarms, by name or ARN, that every template must stop on: the one that watches production, for example. */
  readonly guards?: readonly string[];
  /**
   * What may be named instead of being selected by the tag. ARNs of targets (EKS clusters, IAM roles, others that tags do not tell
   * apart), of SSM documents and the roles they take on, of alarms that an action asks, and of the roles of target accounts;
   * ARNs, ids or names of prefix lists and buckets; container images.
   */
  readonly declared?: readonly string[];
  /**
   * Whether the account is one of its own, that shares nothing with production: then what a tag cannot confine may reach all of it.
   *
   * @default false
   */
  readonly isolated?: boolean;
  /** The namespaces whose pods may be hit, each with the name or ARN of its cluster. */
  readonly namespaces?: readonly { readonly cluster: string; readonly namespace: string }[];
}

const text = () => z.string().min(1, { error: 'must not be empty' });

/** The options as they are given, by people whose compiler may not check them. */
export const fenceOptionsSchema = z.strictObject({
  tag: z.strictObject({ key: text(), value: text() }),
  account: text().optional(),
  region: text().optional(),
  isolated: z.boolean().default(false),
  guards: z.array(text()).default([]),
  declared: z.array(text()).default([]),
  namespaces: z.array(z.strictObject({ cluster: text(), namespace: text() })).default([]),
});

export type Fence = z.output<typeof fenceOptionsSchema>;

/** The fence around a deployed environment: its tag, its place, the guards that FIS stops on, and all that it declares. */
export function fenceOptionsOf(target: PlanTarget): FenceOptions {
  const { tag, isolated, account, region, guards } = target;
  const declared = { declared: acceptedIn(target), namespaces: declarationsOf(target).namespaces };
  if (account === undefined || region === undefined) return { tag, isolated, ...declared };
  return {
    tag,
    account,
    region,
    isolated,
    guards: Object.values(guards)
      .filter((guard) => polledBy(guard) === undefined)
      .map(({ alarm }) => alarmArn(alarm, { account, region })),
    ...declared,
  };
}
