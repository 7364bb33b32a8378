import { targetName } from '../../plan/plan-target.ts';
import { whyNotLiteral } from '../source/python-value.ts';
import { isMap, membersOf, textOf } from './node.ts';
import { foreignTag, hintForPlace } from './place.ts';
import { lost, partOf, pathOfPart, type Selecting, toSelector } from './selecting.ts';

/**
 * Reads the tags of a target. The environment tag is left to the plan; that of another environment is unsafe, and so is a target without
 * any: both environments would be hit.
 */
export function readTags(selecting: Selecting): void {
  const { work } = selecting;
  const tags = partOf(selecting, 'resourceTags');
  if (tags !== undefined && !isMap(tags)) {
    work.unreadable(tags, 'map of tags');
    return;
  }
  if (tags !== undefined && membersOf(tags).length === 0)
    work.ledger.refused(tags.path, 'it holds no tag, which would select everything');
  for (const [key, node] of membersOf(tags)) {
    const value = textOf(node);
    if (value === undefined && whyNotLiteral(node.value) !== undefined && key === work.place?.tag.key) {
      selecting.isTagged = true;
      const to = `the environment tag, which the plan for ${targetName(work.place)} adds`;
      work.ledger.approximated(node.path, to, 'its value is worked out only later');
    } else if (value === undefined) {
      // A tag that nobody can read might be the environment's.
      selecting.isTagged = true;
      work.unreadable(node, 'value of a tag');
    } else if (!isOfEnvironment(selecting, key, value, node.path)) {
      if (key === '' || value === '') lost(selecting, node, 'an empty tag');
      else selecting.tags.set(key, { value, node });
    }
  }
  const hasArns = (partOf(selecting, 'resourceArns')?.value ?? undefined) !== undefined;
  if (selecting.facts.byTag && !selecting.isTagged && !hasArns) withoutTag(selecting);
}

function isOfEnvironment(selecting: Selecting, key: string, value: string, path: Selecting['node']['path']) {
  const { work, name } = selecting;
  const { place, context, ledger } = work;
  if (place === undefined) return false;
  const { tag } = place;
  if (key === tag.key && value === tag.value) {
    selecting.isTagged = true;
    ledger.mapped(path, `the environment tag, which the plan for ${targetName(place)} adds`);
    return true;
  }
  const other = foreignTag(key, value, place, context);
  if (other === undefined) return false;
  selecting.isTagged = true;
  const isMended = work.unsafe(
    path,
    {
      code: 'foreign-environment',
      message: `selects what carries ${key}=${value}: the tag of ${other}, and not of ${targetName(place)}`,
      hint: `import it for that environment with --env, or write ${tag.key}=${tag.value}`,
    },
    `${name} carries ${tag.key}=${tag.value} in place of ${key}=${value}, so that nothing of ${other} is hit`,
  );
  if (isMended) {
    const differs = `it was the tag of ${other}`;
    ledger.approximated(path, `the environment tag, which the plan for ${targetName(place)} adds`, differs);
  } else ledger.refused(path, `it is the tag of ${other}`);
  return true;
}

function withoutTag(selecting: Selecting): void {
  const { work, name, node } = selecting;
  const { place, context } = work;
  const tags = partOf(selecting, 'resourceTags');
  const message = 'names no environment tag: what carries the same tags in production would be hit as well';
  const code = 'no-environment-tag';
  if (place === undefined) {
    work.refuse(tags?.path ?? node.path, { code, message, hint: hintForPlace(context) });
    return;
  }
  const { key, value } = place.tag;
  work.unsafe(
    tags === undefined ? node.path : pathOfPart(selecting, 'resourceTags'),
    { code, message, hint: `add ${key}: ${value}, the tag of ${targetName(place)}` },
    `${name} carries ${key}=${value} as well, so that only what is of ${targetName(place)} is hit`,
  );
}

/** The tags that are left once the service is known. */
export function leftTags(selecting: Selecting): Readonly<Record<string, string>> {
  const { tags, work } = selecting;
  for (const [key, { node }] of tags) work.ledger.mapped(node.path, toSelector(selecting, 'tags', key));
  return Object.fromEntries([...tags].map(([key, { value }]) => [key, value]));
}
