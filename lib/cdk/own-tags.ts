import { Annotations, Aspects, type IAspect, Stack, type TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** After every aspect that changes anything (CDK's own run at 200 and 500), before those that only look (1000). */
const afterAllOthers = 900;

/** Beats the priority of any tag set by CDK. */
const strongest = 1_000_000;

/**
 * Takes away every tag that an app or stack gives to a construct besides its own. A changed tag replaces an FIS template, and
 * with it the id that launchers hold; a tag on the stack reaches the template when CloudFormation passes it on. Nothing in the
 * stack can prevent that, so a resource in a stack with tags of its own comes with a warning.
 */
export function keepOwnTags(
  construct: IConstruct & { readonly tags: TagManager },
  own: Readonly<Record<string, string>>,
): void {
  const aspect: IAspect = {
    visit: (node) => {
      if (node !== construct) return;
      for (const key of Object.keys(construct.tags.tagValues())) {
        if (!(key in own)) construct.tags.removeTag(key, strongest);
      }
      for (const [key, value] of Object.entries(own)) construct.tags.setTag(key, value, strongest);
      warnOfStackTags(construct);
    },
  };
  Aspects.of(construct).add(aspect, { priority: afterAllOthers });
}

/** The stack comes before what is in it, so tags that it does not keep are gone by now. */
function warnOfStackTags(construct: IConstruct): void {
  const stack = Stack.of(construct);
  const keys = Object.keys(stack.tags.tagValues());
  if (keys.length === 0) return;
  Annotations.of(construct).addWarningV2(
    'steadfast-chaos:stackTags',
    `CloudFormation passes the tags of the stack ${stack.stackName} (${keys.join(', ')}) on to this FIS template, and replaces it whenever one of them changes. Tag what is in the stack with Tags.of(), which leaves FIS templates alone, and set the feature flag @aws-cdk/core:explicitStackTags, so that it leaves the stack alone too`,
  );
}
