import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ExperimentTemplateBase } from './experiment-template-base.ts';

/** A template that is there already. */
export class KnownExperimentTemplate extends ExperimentTemplateBase {
  readonly experimentTemplateId: string;
  readonly experimentTemplateArn: string;
  protected readonly experimentsArn: string;

  constructor(scope: Construct, id: string, experimentTemplateArn: string) {
    super(scope, id, { environmentFromArn: experimentTemplateArn });
    const { resourceName = '', ...place } = Arn.split(experimentTemplateArn, ArnFormat.SLASH_RESOURCE_NAME);
    this.experimentTemplateId = resourceName;
    this.experimentTemplateArn = experimentTemplateArn;
    this.experimentsArn = Stack.of(this).formatArn({
      ...place,
      resource: 'experiment',
      resourceName: '*',
    });
  }
}
