import { memberOf, membersOf, textOf } from './node.ts';
import { fieldOf, type Template } from './template.ts';

/** Longer texts say more than a title should. */
const longestTitle = 120;

/** What a template says of itself, in words. */
export interface Words {
  /** Its name: its tag `Name`, what its stack calls it, or how it begins to describe itself. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
}

const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

export function wordsOf(template: Template): Words {
  const { node, name: logicalId } = template;
  const said = oneLine(textOf(fieldOf(node, 'description', template)) ?? '');
  const tag = oneLine(textOf(memberOf(fieldOf(node, 'tags', template), 'Name')) ?? '');
  const ofActions = membersOf(fieldOf(node, 'actions', template)).flatMap(([name, action]) => {
    const text = oneLine(textOf(fieldOf(action, 'description', template)) ?? '');
    return text === '' ? [] : [`${name}: ${text}`];
  });
  const title = [said, tag, logicalId ?? '', 'An experiment of FIS'].find((one) => one !== '') ?? '';
  const description = [said, ...ofActions].filter((one) => one !== '').join('\n');
  return {
    name: [tag, logicalId ?? '', said].find((one) => one !== '') ?? '',
    title: title.slice(0, longestTitle).toWellFormed().trim(),
    ...(description === '' || description === title ? {} : { description: description.toWellFormed() }),
  };
}
