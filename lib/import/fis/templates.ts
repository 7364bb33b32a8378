import type { PlanTarget } from '../../plan/plan-target.ts';
import { itemsOf, type Node } from '../drafting/node.ts';
import type { Ledger } from '../ledger.ts';
import type { Source, SourceDocument } from '../source/source.ts';
import { cloudFormationTemplates, isCloudFormation } from './cloudformation.ts';
import { isMap, memberOf, membersOf } from './node.ts';
import type { Template } from './template.ts';

const call = 'create_experiment_template';

/** Whether a document holds a template of FIS, in any of its forms. */
export const isOfFis = (document: SourceDocument): boolean =>
  isCreation(document) || isCloudFormation(document) || apiTemplateIn(document) !== undefined;

/** Whether it is Python's call that makes a template. */
const isCreation = ({ value, python }: SourceDocument): boolean =>
  python !== undefined && memberOf({ value, path: [] }, 'call')?.value === call;

/** The template that a document of JSON or YAML is or wraps. */
function apiTemplateIn({ value, python }: SourceDocument): Node | undefined {
  if (python !== undefined) return undefined;
  const root = { value, path: [] };
  return [memberOf(root, 'experimentTemplate'), root].find(
    (node) => node !== undefined && looksLikeOne(node),
  );
}

function looksLikeOne(node: Node): boolean {
  const has = (name: string) => memberOf(node, name) !== undefined;
  return (
    isMap(node) &&
    (membersOf(memberOf(node, 'actions')).some(([, action]) => memberOf(action, 'actionId') !== undefined) ||
      itemsOf(memberOf(node, 'stopConditions')).some((one) => memberOf(one, 'source') !== undefined) ||
      membersOf(memberOf(node, 'targets')).some(([, one]) => memberOf(one, 'resourceType') !== undefined) ||
      (has('roleArn') && (has('actions') || has('targets') || has('stopConditions'))))
  );
}

/** The templates of a file. */
export const templatesIn = ({ documents }: Source, place: PlanTarget | undefined): Template[] =>
  documents.flatMap((document): Template[] => {
    if (isCreation(document)) {
      const node = memberOf({ value: document.value, path: [] }, 'arguments');
      return node === undefined ? [] : [{ document, spelling: 'api', node }];
    }
    if (isCloudFormation(document)) return cloudFormationTemplates(document, place);
    const node = apiTemplateIn(document);
    return node === undefined ? [] : [{ document, spelling: 'api', node }];
  });

/** Accounts for what stands around the template of a call, and for the calls around it. */
export function accountForCall({ value, python }: SourceDocument, ledger: Ledger): void {
  const root = { value, path: [] };
  const name = memberOf(root, 'call')?.value;
  if (name !== call) {
    ledger.refused([], whyNoTemplate(name, python?.on));
    return;
  }
  ledger.mapped(['call'], 'the definition');
  if (itemsOf(memberOf(root, 'positional')).length === 0) ledger.mapped(['positional'], 'the definition');
  else ledger.refused(['positional'], 'the call takes arguments by their names only');
}

function whyNoTemplate(name: unknown, on: string | undefined): string {
  if (name === 'start_experiment') return 'runs are started by steadfast run, or on a schedule';
  if ((name === 'client' || name === 'resource' || name === 'Session') && on !== undefined)
    return 'the environment says the account and the Region';
  return 'the call makes no experiment template';
}
