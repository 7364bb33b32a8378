import { suggest } from '../../definitions/suggest.ts';
import type { FisAction } from '../../fis/action.ts';
import { actionIds, findAction } from '../../fis/catalogue.ts';
import { hintForAction } from '../../fis/unknown-actions.ts';
import { itemsOf, type Node } from '../drafting/node.ts';
import { msOfIso } from './duration.ts';
import { isMap, membersOf, textOf } from './node.ts';
import { fieldOf, pathOf, type Template } from './template.ts';
import type { Work } from './work.ts';

/** An action of a template, as far as it can be read. */
export interface ReadAction {
  readonly name: string;
  readonly node: Node;
  readonly action: FisAction;
  /** How long it lasts: 0 for what is over at once, and where nothing says it. */
  readonly ms: number;
  /** The name of the target that it hits, and where it says so. */
  readonly target?: { readonly name: string; readonly node: Node };
  readonly startAfter: readonly string[];
}

const wait = 'aws:fis:wait';
const assertion = 'aws:cloudwatch:assert-alarm-state';

export const isWait = ({ action }: ReadAction): boolean => action.id === wait;

/** Whether it only looks at alarms. */
export const isAssertion = ({ action }: ReadAction): boolean => action.id === assertion;

/** The actions of a template. What cannot be read is refused. */
export function readActions(work: Work): ReadAction[] {
  const { template, ledger } = work;
  const node = fieldOf(template.node, 'actions', template);
  const members = membersOf(node);
  if (node !== undefined && !isMap(node)) work.unreadable(node, 'map of actions');
  else if (members.length === 0) {
    const path = pathOf(template.node, 'actions', template);
    ledger.refused(path, 'it holds no action');
    work.refuse(path, {
      code: 'no-action',
      message: 'holds no action, so that nothing would go wrong',
      hint: 'add an action, such as aws:ecs:stop-task',
    });
  }
  return members.flatMap(([name, action]) => readAction(name, action, work) ?? []);
}

function readAction(name: string, node: Node, work: Work): ReadAction | undefined {
  const { template } = work;
  const idNode = fieldOf(node, 'actionId', template);
  const id = textOf(idNode);
  if (idNode === undefined || id === undefined) {
    work.unreadable(idNode ?? node, 'action of FIS');
    return undefined;
  }
  const action = findAction(id);
  if (action === undefined) {
    const meant = suggest(id, actionIds);
    work.ledger.refused(idNode.path, 'it is no action that Steadfast knows');
    work.refuse(idNode.path, {
      code: 'unknown-action',
      message: `is no action that Steadfast knows`,
      hint:
        hintForAction(id) ??
        (meant === undefined ? 'steadfast faults lists those that it knows' : `did you mean '${meant}'?`),
    });
    return undefined;
  }
  const target = targetOf(node, action, work);
  return {
    name,
    node,
    action,
    ms: msOf(node, action, template) ?? 0,
    startAfter: itemsOf(fieldOf(node, 'startAfter', template)).flatMap((item) => textOf(item) ?? []),
    ...(target === undefined ? {} : { target }),
  };
}

function msOf(node: Node, { durationParameter }: FisAction, template: Template): number | undefined {
  if (durationParameter === undefined) return undefined;
  const parameters = fieldOf(node, 'parameters', template);
  const text = textOf(membersOf(parameters).find(([name]) => name === durationParameter)?.[1]);
  return text === undefined ? undefined : msOfIso(text);
}

/** The target that an action names, under the key that it must have. */
function targetOf(node: Node, { id, target }: FisAction, work: Work): ReadAction['target'] {
  const targets = fieldOf(node, 'targets', work.template);
  if (targets !== undefined && !isMap(targets)) work.unreadable(targets, 'map of targets');
  let found: ReadAction['target'];
  for (const [key, one] of membersOf(targets)) {
    const name = textOf(one);
    if (name === undefined) work.unreadable(one, 'name of a target');
    else if (target !== undefined && key === target.key) found = { name, node: one };
    else work.ledger.refused(one.path, `${id} takes no target under this key`);
  }
  if (found !== undefined) return found;
  if (target === undefined) {
    if (targets !== undefined && membersOf(targets).length === 0)
      work.ledger.mapped(targets.path, work.to('faults'));
    return undefined;
  }
  const path = pathOf(node, 'targets', work.template);
  work.ledger.refused(path, 'it names no target');
  work.refuse(path, {
    code: 'broken',
    message: `names no target under '${target.key}', which ${id} needs`,
    hint: `write targets: { ${target.key}: <the name of a target> }`,
  });
  return undefined;
}
