import * as z from 'zod';
import { isResourceType, resourceTypeFacts } from '../../../fis/resource-types.ts';
import type { Breach, Judged, Rule } from '../breach.ts';
import type { FisTargetProperties } from '../fis-properties.ts';
import { isReadable } from '../holes.ts';
import { isIntrinsic, textOf } from '../intrinsics.ts';
import { listOf } from './values.ts';

const tagsSchema = z
  .record(z.string(), z.unknown())
  .refine((tags) => !isIntrinsic(tags))
  .default({});

/** Types that FIS selects by tag must be so selected, unless a target names what is declared: `named-resources` sees to that. */
export const environmentTag: Rule = {
  id: 'environment-tag',
  asks: 'every target selects by the environment tag, where FIS can select by tag',
  breaches: (judged) =>
    Object.entries(judged.properties.Targets).flatMap(([name, target]) => breachOf(name, target, judged)),
};

function breachOf(name: string, target: FisTargetProperties, { template, fence }: Judged): Breach[] {
  const type = textOf(target.ResourceType, template);
  if (isResourceType(type) && !resourceTypeFacts(type).byTag) return [];
  if (listOf(target.ResourceArns).length > 0) return [];
  const { key, value } = fence.tag;
  const wrong = wrongTag(tagsSchema.safeParse(target.ResourceTags).data, fence.tag, template);
  if (wrong === undefined) return [];
  return [
    {
      location: `Properties.Targets.${name}`,
      message: `target '${name}' ${wrong}, so the fault could leave its environment`,
      fix: `select by the tag ${key}=${value}, written out: resourceTags: { ${JSON.stringify(key)}: ${JSON.stringify(value)} }`,
    },
  ];
}

function wrongTag(
  tags: Readonly<Record<string, unknown>> | undefined,
  { key, value }: Judged['fence']['tag'],
  template: Judged['template'],
): string | undefined {
  if (tags === undefined) return 'has tags that cannot be read before it is deployed';
  if (!Object.hasOwn(tags, key)) return `does not select by the tag ${key}=${value}`;
  const written = textOf(tags[key], template);
  if (written === value) return undefined;
  return isReadable(written)
    ? `selects by ${key}=${written}, not by ${key}=${value}`
    : `has a value of the tag ${key} that cannot be read before it is deployed`;
}
