import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../../experiment/steadfast-error.ts';
import { resourceTypeFacts, typesMadeBy } from '../../../fis/resource-types.ts';
import type { BoundTarget, TargetContext } from '../bound-target.ts';
import { differ } from '../differ.ts';
import type { ConstructTargetOptions } from '../fis-target.ts';
import { narrowingOf } from '../narrowing.ts';
import { arnsProblems } from './arns.ts';
import { arnsOf, countIn, launchTypeOf } from './construct-facts.ts';
import { identify, whyNotInEnvironment } from './identifying-tag.ts';
import { resourceOf } from './resource-of.ts';

/** Exactly these constructs: by a tag of their own besides the environment's, or by ARN where FIS cannot select by tag. */
export function bindConstruct(
  options: ConstructTargetOptions & { readonly constructs: readonly IConstruct[] },
  context: TargetContext,
): BoundTarget {
  const { environmentTag, resourceType, path } = context;
  const read = options.constructs.map((construct) => resourceOf(construct, resourceType));
  const resources = read.flatMap((one) => ('resource' in one ? [one] : []));
  const unread = read.flatMap((one) => ('why' in one ? [one] : []));
  const problems: Problem[] = unread.map(({ why, hint }) => ({
    code: 'construct',
    path,
    message: why,
    hint,
  }));
  if (read.length === 0)
    problems.push({ code: 'construct', path, message: 'names no construct', hint: 'name one' });
  problems.push(...resources.flatMap(({ resource }) => placeProblems(resource, context)));
  problems.push(
    ...resources.flatMap(({ resource }): Problem[] =>
      typesMadeBy(resource.cfnResourceType).includes(resourceType)
        ? []
        : [
            {
              code: 'wrong-target-type',
              path,
              message: `${resource.node.path} is an ${resource.cfnResourceType}, which is no ${resourceType}`,
              hint: 'name a construct that the action can hit',
            },
          ],
    ),
  );
  // Nothing is changed on constructs of which something is wrong.
  if (problems.length > 0) return { body: {}, problems };
  if (!resourceTypeFacts(resourceType).byTag) {
    const arns = arnsOf(resources);
    return {
      body: { resourceArns: arns },
      problems: arnsProblems(arns, resourceType, path),
      atLeast: arns.length,
      arns,
    };
  }
  const { body, problems: narrowing } = narrowingOf(options, resourceType, path);
  return {
    body: {
      resourceTags: { ...identify(resources), [environmentTag.key]: environmentTag.value },
      ...body,
    },
    problems: narrowing,
    atLeast: options.atLeast ?? countIn(resources, resourceType),
    launchType: options.launchType ?? launchTypeOf(resources),
    arns: arnsOf(resources),
    validate: () => resources.flatMap((one) => whyNotInEnvironment(one, environmentTag)),
  };
}

/** FIS acts in the account and Region of the template, unless it is told of others. */
function placeProblems(resource: CfnResource, { template, path, isMultiAccount }: TargetContext): Problem[] {
  const [here, there] = [Stack.of(template), Stack.of(resource)];
  if (differ(here.region, there.region)) {
    return [
      {
        code: 'elsewhere',
        path,
        message: `${resource.node.path} is in ${there.region}, and the template in ${here.region}: FIS acts in its own Region only`,
        hint: 'put a template into the stack of that Region',
      },
    ];
  }
  if (!isMultiAccount && differ(here.account, there.account)) {
    return [
      {
        code: 'elsewhere',
        path,
        message: `${resource.node.path} is in the account ${there.account}, and the template in ${here.account}`,
        hint: 'put a template into a stack of that account, or name it in targetAccounts',
      },
    ];
  }
  return [];
}
