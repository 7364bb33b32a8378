import { environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { alarmArn } from '../../lib/plan/aws-names.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { planExperiment } from '../../lib/plan/plan-experiment.ts';
import { environment } from './workload.ts';

/**
 * What someone would have typed who writes an experiment's resources by hand: the same texts and values as in the plan. It is made
 * before the clock starts, so what is compared with Steadfast does not even pay for reading a definition.
 */
export function writtenByHand(definition: ExperimentDefinition) {
  const experiment = experimentSchema.parse(definition);
  const parsed = environmentSchema.parse(environment);
  const target = planTargetOfEnvironment(environment, parsed);
  const stack = `steadfast-${environment.id}-experiments-${definition.owner}`;
  const plan = planExperiment({ definition, experiment, target, seed: 1, stack, templateId: () => '' });
  const [template] = plan.templates;
  const { role, schedule } = plan;
  if (template === undefined || role === undefined || schedule === undefined)
    throw new Error(`the experiment ${definition.id} has no template, no role or no schedule`);
  return {
    id: definition.id,
    owner: definition.owner,
    title: definition.title,
    stack,
    template: {
      description: template.description,
      targets: mapped(template.targets, (hit) => ({
        resourceType: hit.resourceType,
        selectionMode: hit.selectionMode,
        ...('resourceTags' in hit ? { resourceTags: hit.resourceTags } : {}),
      })),
      actions: mapped(template.actions, ({ startAfter = [], ...action }) => ({
        ...action,
        ...(startAfter.length === 0 ? {} : { startAfter: [...startAfter] }),
      })),
      stopOn: template.stopOn.map((guard) => alarmArn(target.guards[guard]?.alarm ?? guard, parsed)),
    },
    role,
    schedule,
    input: plan.input,
  };
}

const mapped = <V, W>(record: Readonly<Record<string, V>>, to: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));

export type Written = ReturnType<typeof writtenByHand>;
