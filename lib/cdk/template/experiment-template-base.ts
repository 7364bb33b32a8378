import { Resource } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFisExperimentTemplate } from './i-fis-experiment-template.ts';
import { serviceLinkedRoleArn } from './place.ts';
import { createStateRule, type StateChangeOptions } from './state-rule.ts';

/** What a template can do, whether it is made here or elsewhere: CDK's own constructs have such a base, too. */
export abstract class ExperimentTemplateBase extends Resource implements IFisExperimentTemplate {
  abstract readonly experimentTemplateId: string;
  abstract readonly experimentTemplateArn: string;
  /** All experiments of the template's account and Region: IAM tells none of them from the others by their template. */
  protected abstract readonly experimentsArn: string;

  grantStart(grantee: IGrantable): Grant {
    // IAM asks for the experiment, too, which is not there yet.
    const start = this.allow(grantee, [this.experimentTemplateArn, this.experimentsArn], 'StartExperiment');
    // The first experiment of an account makes FIS's own role (user guide, "Using service-linked roles").
    const first = Grant.addToPrincipal({
      grantee,
      actions: ['iam:CreateServiceLinkedRole'],
      resourceArns: [serviceLinkedRoleArn(this)],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'fis.amazonaws.com' } },
    });
    return start.combine(first);
  }

  grantStop(grantee: IGrantable): Grant {
    return this.allow(grantee, [this.experimentsArn], 'StopExperiment');
  }

  grantRead(grantee: IGrantable): Grant {
    const template = this.allow(
      grantee,
      [this.experimentTemplateArn],
      'GetExperimentTemplate',
      'GetTargetAccountConfiguration',
      'ListTagsForResource',
      'ListTargetAccountConfigurations',
    );
    const experiments = this.allow(
      grantee,
      [this.experimentsArn],
      'GetExperiment',
      'GetExperimentTargetAccountConfiguration',
      'ListExperimentResolvedTargets',
      'ListExperimentTargetAccountConfigurations',
    );
    // IAM knows no resource for it.
    return template.combine(experiments).combine(this.allow(grantee, ['*'], 'ListExperiments'));
  }

  grant(grantee: IGrantable, ...actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.experimentTemplateArn] });
  }

  onStateChange(id: string, options: StateChangeOptions = {}): Rule {
    return createStateRule(this, id, this.experimentTemplateId, options);
  }

  private allow(grantee: IGrantable, resourceArns: string[], ...calls: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions: calls.map((call) => `fis:${call}`), resourceArns });
  }
}
