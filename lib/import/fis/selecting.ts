import type { ResourceType, ResourceTypeFacts } from '../../fis/resource-types.ts';
import type { PlanService } from '../../plan/plan-target.ts';
import type { Node } from '../drafting/node.ts';
import type { Path } from '../field.ts';
import { fieldOf, pathOf } from './template.ts';
import type { Work } from './work.ts';

/** A target on its way to a selector. */
export interface Selecting {
  readonly name: string;
  readonly node: Node;
  readonly type: ResourceType;
  readonly facts: ResourceTypeFacts;
  /** The faults that hit it, by their names in the definition; at least one. */
  readonly faults: readonly string[];
  readonly work: Work;
  /** The tags that narrow it, the environment tag apart. */
  readonly tags: Map<string, { readonly value: string; readonly node: Node }>;
  /** Whether it carries the environment tag, or another's that has been dealt with. */
  isTagged: boolean;
  service?: string;
  zone?: string;
  /** What narrowed it and is taken out: the paths of filters and parameters. */
  readonly lost: Set<string>;
}

/** Where in the definition a part of the selector stands. */
export const selectorPath = ({ faults }: Selecting, ...parts: string[]): Path => [
  'faults',
  faults[0] ?? '',
  'selector',
  ...parts,
];

/** The same, as the account of fields says it, for all faults that hit the target. */
export const toSelector = ({ faults, work }: Selecting, ...parts: string[]): string =>
  work.to(faults.map((fault) => ['faults', fault, 'selector', ...parts].join('.')).join(', '));

export const partOf = ({ node, work }: Selecting, name: string): Node | undefined =>
  fieldOf(node, name, work.template);

export const pathOfPart = ({ node, work }: Selecting, name: string): Path =>
  pathOf(node, name, work.template);

/** The services of the environment, by name. */
export const servicesOf = ({ work }: Selecting): readonly (readonly [string, PlanService])[] =>
  Object.entries(work.place?.services ?? {});

/** What `--map` calls any of some texts. */
export const mappedTo = ({ work }: Selecting, ...texts: readonly string[]): string | undefined => {
  const { map } = work.context;
  const found = texts.find((text) => Object.hasOwn(map, text));
  return found === undefined ? undefined : map[found];
};

/** What tells a part of a target from the others. */
export const keyOf = ({ path }: Node): string => JSON.stringify(path);

/** What narrows a selection and that no definition can say: without it more would be hit. */
export function lost(selecting: Selecting, node: Node, what: string): void {
  const { work, service, name } = selecting;
  const differs = `definitions do not narrow a selection by ${what}`;
  const isMended = work.unsafe(
    node.path,
    {
      code: 'narrowing',
      message: `narrows what is hit by ${what}, which no definition can say: without it more would be hit`,
      hint: 'give what is meant a tag of its own, and select it by that',
    },
    service === undefined
      ? undefined
      : `${name} is no longer narrowed by ${what}: all of the service '${service}' may be hit`,
  );
  selecting.lost.add(keyOf(node));
  if (isMended) work.ledger.approximated(node.path, toSelector(selecting, 'service'), differs);
  else work.ledger.refused(node.path, differs);
}
