import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import { actions } from '../../../lib/fis/catalogue.ts';
import { exampleFault } from '../../../lib/fis/parameter-facts.ts';
import { meaningOf } from '../../../lib/plan/named-resources.ts';
import { stageTemplateOf } from '../../../lib/plan/stage-template.ts';
import { slowDatabase } from '../../plan/examples.ts';
import { definitionIn, importTemplate, project, refusedIn } from './importing.ts';

const [staging] = project.environments;
const faults = actions.filter(({ id }) => id !== 'aws:fis:wait');

/** The template that the plan makes of a fault, as FIS's API takes it. */
function templateOf(fault: object): unknown {
  if (staging === undefined) throw new Error('there is no staging');
  const experiment = experimentSchema.parse({
    ...slowDatabase,
    faults: { act: fault },
    stages: [{ share: '50%', duration: '10m' }],
  });
  const [stage] = experiment.stages;
  if (stage === undefined) throw new Error('there is no stage');
  const { stopOn, durationMs: _, ...template } = stageTemplateOf(experiment, stage, staging);
  return {
    ...template,
    stopConditions: stopOn.map((guard) => ({
      source: 'aws:cloudwatch:alarm',
      value: meaningOf('guard', guard, staging),
    })),
    roleArn: 'arn:aws:iam::111111111111:role/fis',
  };
}

describe('what the plan makes of a fault', () => {
  it.each(faults)('comes back as a fault that the plan makes the same of: $id', (action) => {
    const fault = exampleFault(action);
    const template = templateOf(fault);
    const result = importTemplate(template);
    expect(refusedIn(result)).toEqual([]);
    const definition = definitionIn(result);
    expect(templateOf({ ...definition.faults['act'] })).toEqual(template);
    const share = 'selector' in fault ? '50%' : '100%';
    expect(definition.stages).toEqual([{ share, duration: '10m' }]);
    expect(definition.guards).toEqual(['shopErrors', 'latency']);
    expect(result.fields.filter(({ unknown }) => unknown)).toEqual([]);
  });
});

describe('a template that is in no environment', () => {
  it.each(faults)('is refused, and every field accounted for: $id', (action) => {
    const result = importTemplate(templateOf(exampleFault(action)), {
      project: { ...project, environments: [] },
    });
    expect(result.definitions).toEqual([]);
    expect(refusedIn(result).some((refusal) => refusal.startsWith('no-environment'))).toBe(true);
    expect(result.fields.filter(({ unknown }) => unknown)).toEqual([]);
  });
});
