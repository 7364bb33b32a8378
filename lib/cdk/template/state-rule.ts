import { type OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';

/** The states that FIS tells of (user guide, "Monitor with EventBridge"). It does not tell when an experiment is cancelled. */
export type FisExperimentState = 'initiating' | 'running' | 'completed' | 'stopping' | 'stopped' | 'failed';

export interface StateChangeOptions extends OnEventOptions {
  /**
   * Only changes to these states.
   *
   * @default - all that FIS tells of
   */
  readonly to?: readonly FisExperimentState[];
}

/** A rule for changes of the state of one template's experiments. FIS sends such events as best it can, in near real time. */
export function createStateRule(
  scope: Construct,
  id: string,
  templateId: string,
  { to, target, eventPattern, ruleName, description, crossStackScope }: StateChangeOptions,
): Rule {
  const rule = new Rule(crossStackScope ?? scope, id, {
    ...(ruleName === undefined ? {} : { ruleName }),
    ...(description === undefined ? {} : { description }),
    eventPattern: {
      ...eventPattern,
      source: ['aws.fis'],
      detailType: ['FIS Experiment State Change'],
      detail: {
        ...eventPattern?.detail,
        'experiment-template-id': [templateId],
        ...(to === undefined ? {} : { 'new-state': { status: [...to] } }),
      },
    },
  });
  if (target !== undefined) rule.addTarget(target);
  return rule;
}
