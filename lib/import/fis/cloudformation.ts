import type { PlanTarget } from '../../plan/plan-target.ts';
import type { Node } from '../drafting/node.ts';
import type { Ledger } from '../ledger.ts';
import type { SourceDocument } from '../source/source.ts';
import { meaningsIn, resolved } from './intrinsics.ts';
import { memberOf, membersOf, textOf } from './node.ts';
import type { Template } from './template.ts';

const templateType = 'AWS::FIS::ExperimentTemplate';

/** The type by which a template of CloudFormation lets an experiment reach another account. */
const otherAccountType = 'AWS::FIS::TargetAccountConfiguration';

const rootOf = ({ value }: SourceDocument): Node => ({ value, path: [] });

const resourcesOf = (document: SourceDocument) => membersOf(memberOf(rootOf(document), 'Resources'));

const typeOf = (resource: Node): string => textOf(memberOf(resource, 'Type')) ?? '';

/** Whether a document is a template of CloudFormation with anything of FIS. */
export const isCloudFormation = (document: SourceDocument): boolean =>
  resourcesOf(document).some(([, resource]) => typeOf(resource).startsWith('AWS::FIS::'));

/** The experiment templates of a template of CloudFormation, references in them resolved as far as they can be. */
export function cloudFormationTemplates(document: SourceDocument, place: PlanTarget | undefined): Template[] {
  const meanings = meaningsIn(rootOf(document), place);
  return resourcesOf(document).flatMap(([name, resource]): Template[] =>
    typeOf(resource) === templateType
      ? [
          {
            document,
            name,
            spelling: 'cloudformation',
            node: {
              value: resolved(memberOf(resource, 'Properties')?.value, meanings),
              path: [...resource.path, 'Properties'],
            },
          },
        ]
      : [],
  );
}

/** The resources that let its experiments reach other accounts. */
export const otherAccountsIn = (document: SourceDocument): readonly Node[] =>
  resourcesOf(document).flatMap(([, resource]) => (typeOf(resource) === otherAccountType ? [resource] : []));

/** What a template of CloudFormation says beside its experiments: it stays where it is. */
const sections: Readonly<Record<string, string>> = {
  AWSTemplateFormatVersion: 'it says how the file is to be read, which an experiment need not',
  Conditions: 'whether an experiment is deployed is said by its environments',
  Description: 'it describes the stack, which may hold more than experiments',
  Hooks: 'they belong to the stack',
  Mappings: 'what differs between environments stands in their definitions',
  Metadata: 'it belongs to the stack',
  Outputs: 'experiments are started by their names: steadfast run',
  Parameters: 'what differs between environments stands in their definitions; defaults were taken for values',
  Rules: 'they belong to the stack',
  Transform: 'it belongs to the stack',
};

/** What a resource says beside its properties. */
const attributes: Readonly<Record<string, string>> = {
  Condition: 'whether an experiment is deployed is said by its environments',
  CreationPolicy: 'it belongs to the stack',
  DeletionPolicy: 'Steadfast makes and deletes the templates of its plans itself',
  DependsOn: 'Steadfast makes the templates of its plans in their order itself',
  Metadata: 'it belongs to the stack',
  UpdatePolicy: 'it belongs to the stack',
  UpdateReplacePolicy: 'Steadfast makes and deletes the templates of its plans itself',
};

/** Accounts for all that stands beside the experiment templates themselves. */
export function accountForStack(document: SourceDocument, ledger: Ledger): void {
  for (const [name, why] of Object.entries(sections)) ledger.refused([name], why);
  for (const [name, resource] of resourcesOf(document)) {
    const path = ['Resources', name];
    if (typeOf(resource) === templateType) {
      ledger.mapped([...path, 'Type'], 'the definition');
      for (const [attribute, why] of Object.entries(attributes)) ledger.refused([...path, attribute], why);
    } else ledger.refused(path, whyNotTaken(typeOf(resource)));
  }
}

function whyNotTaken(type: string): string {
  if (type === otherAccountType) return 'an experiment stays in the account of its environment';
  if (type.startsWith('AWS::IAM::'))
    return 'Steadfast makes a role of its own for each experiment, with no more than its faults need';
  if (type.startsWith('AWS::CloudWatch::'))
    return 'it stays in its stack; an environment declares alarms as guards, by name or ARN';
  return 'it is no experiment, and stays in its stack';
}
