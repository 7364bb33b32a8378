import * as z from 'zod';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { slowDatabase, staging } from '../plan/examples.ts';
import { resolveText } from './resolve-intrinsics.ts';
import { type CloudFormation, synthesize, templateNamed } from './synthesis.ts';

const definitionSchema = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Type: z.string() })),
});

/** A state machine as Step Functions would be given it. */
export type StateMachineDefinition = z.output<typeof definitionSchema>;

/**
 * The synthesized state machines of one experiment, ready for an interpreter: substitutions are made, ids are made up. A
 * function's name is its ARN's (`Arn:steadfast-staging-admit`), a stage's template `EXT-steadfast-staging-<experiment>-<stage>`.
 */
export function synthesized(
  experiment: ExperimentDefinition = slowDatabase,
  environment: EnvironmentDefinition = staging,
): { readonly runner: StateMachineDefinition; readonly launcher: StateMachineDefinition } {
  const environments = {
    ...experiment.environments,
    [environment.id]: experiment.environments?.[environment.id] ?? {},
  };
  const stacks = synthesize({ experiments: [{ ...experiment, environments }], environments: [environment] });
  const own = definitionsIn(templateNamed(stacks, `steadfast-${environment.id}-runner`));
  const runner = own.find(({ StartAt }) => StartAt === 'Admit');
  const [launcher] = definitionsIn(
    templateNamed(stacks, `steadfast-${environment.id}-experiments-${experiment.owner}`),
  );
  if (runner === undefined || launcher === undefined) throw new Error('a state machine is missing');
  return { runner, launcher };
}

/** The definitions of a template's state machines, with their substitutions made. */
export function definitionsIn(template: CloudFormation): StateMachineDefinition[] {
  return Object.values(template.Resources)
    .filter(({ Type: type }) => type === 'AWS::StepFunctions::StateMachine')
    .map(({ Properties: { DefinitionString: text, DefinitionSubstitutions: substitutions } }) => {
      const values = z.record(z.string(), z.unknown()).default({}).parse(substitutions);
      const definition = Object.entries(values).reduce(
        (written, [name, value]) => written.replaceAll(`\${${name}}`, resolveText(value, template)),
        resolveText(text, template),
      );
      return definitionSchema.parse(JSON.parse(definition));
    });
}
