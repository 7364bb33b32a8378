import type { Place } from '../../plan/aws-names.ts';
import type { ConfinedAction } from './fault-statements.ts';
import { declaredByParameters } from './named-resources.ts';
import type { ParsedTemplate } from './parsed-template.ts';
import type { FisExperimentTemplateProps } from './template-props.ts';
import { parametersOf } from './written-template.ts';

/** What a template's own role is for, with what is declared for each action: by itself, its target, or the whole template. */
export const confinedActions = (
  { actions, targets }: ParsedTemplate,
  { declared = [] }: FisExperimentTemplateProps,
  place: Place,
): ConfinedAction[] =>
  actions.map((parsed) => {
    const target = targets.get(parsed.target ?? '');
    return {
      action: parsed.action,
      declared: [...new Set([...declared, ...(target?.arns ?? []), ...declaredByParameters(parsed, place)])],
      parameters: parametersOf(parsed, target),
      path: ['actions', parsed.name, 'action'],
    };
  });
