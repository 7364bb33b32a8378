import type { Node } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import type { SourceDocument } from '../source/source.ts';
import { memberOf } from './node.ts';

/** How a source spells fields: the API `roleArn`, CloudFormation `RoleArn`. */
type Spelling = 'api' | 'cloudformation';

/** An experiment template of FIS, wherever it stands. */
export interface Template {
  readonly document: SourceDocument;
  readonly spelling: Spelling;
  /** Its fields. What is worked out only later is marked so. */
  readonly node: Node;
  /** What its source calls it: the logical id of a resource. */
  readonly name?: string;
}

/** A field's name as a source spells it. */
const spelled = (name: string, spelling: Spelling): string => {
  if (spelling === 'api') return name;
  return name.charAt(0).toUpperCase() + name.slice(1);
};

/** A field of a template, or of a part of it, by its name in the API. */
export const fieldOf = (node: Node | undefined, name: string, { spelling }: Template): Node | undefined =>
  memberOf(node, spelled(name, spelling));

/** The path of a field, whether it is there or not. */
export const pathOf = (node: Node, name: string, { spelling }: Template): Path => [
  ...node.path,
  spelled(name, spelling),
];
