import { Aspects, type IAspect, type TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The tags by which Steadfast knows its own FIS templates. */
export const tagKeys = { environment: 'steadfast:environment', experiment: 'steadfast:experiment' } as const;

/** After every aspect that changes anything (CDK's own run at 200 and 500), before those that only look (1000). */
const afterAllOthers = 900;

/** Beats the priority of any tag set by CDK. */
const strongest = 1_000_000;

/**
 * Takes away every tag that an app or stack gives to a construct besides its own. A changed tag replaces an FIS template, and
 * with it the id that launchers hold; a tag on the stack reaches the template when CloudFormation passes it on.
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
    },
  };
  Aspects.of(construct).add(aspect, { priority: afterAllOthers });
}
