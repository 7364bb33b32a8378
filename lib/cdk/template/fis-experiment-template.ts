import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTargetAccountConfiguration } from 'aws-cdk-lib/aws-fis';
import type { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { usageMetric } from '../metrics.ts';
import { refuse } from '../refuse.ts';
import { createCfnTemplate } from './cfn-template.ts';
import { ExperimentTemplateBase } from './experiment-template-base.ts';
import type { IFisExperimentTemplate } from './i-fis-experiment-template.ts';
import { KnownExperimentTemplate } from './known-experiment-template.ts';
import { parseTemplate } from './parse-template.ts';
import { fisArn } from './place.ts';
import type { FisExperimentTemplateProps } from './template-props.ts';
import { createTemplateRole } from './template-role.ts';
import { writtenTemplateOf } from './written-template.ts';

/**
 * An FIS experiment template that stays within an environment: every target is selected by the environment tag, something ends
 * it by itself, and its role may do no more than its actions need. What FIS would refuse, or would fail on only when it runs, is refused
 * when the app is synthesized, all of it at once.
 *
 * @example
 * new FisExperimentTemplate(this, 'SlowDatabase', {
 *   description: 'The database answers 500 ms late',
 *   environmentTag: { key: 'Env', value: 'staging' },
 *   targets: { tasks: FisTarget.of(service, { selection: '50%' }) },
 *   actions: {
 *     slow: {
 *       action: 'aws:ecs:task-network-latency',
 *       target: 'tasks',
 *       parameters: { delay: '500ms', to: [database.dbInstanceEndpointAddress] },
 *       duration: '5m',
 *     },
 *   },
 *   stopConditions: [errorRate],
 * });
 */
export class FisExperimentTemplate extends ExperimentTemplateBase implements IGrantable {
  /**
   * A template that is there already, in the account and Region of the scope.
   *
   * @example
   * FisExperimentTemplate.fromExperimentTemplateId(this, 'Known', 'EXT1a2b3c4d5e6f7').grantStart(role);
   */
  static fromExperimentTemplateId(scope: Construct, id: string, templateId: string): IFisExperimentTemplate {
    return new KnownExperimentTemplate(scope, id, fisArn(scope, 'experiment-template', templateId));
  }

  /** A template that is there already, in the account and Region of its ARN. */
  static fromExperimentTemplateArn(
    scope: Construct,
    id: string,
    templateArn: string,
  ): IFisExperimentTemplate {
    return new KnownExperimentTemplate(scope, id, templateArn);
  }

  /** How many experiments are active in the account and Region; FIS runs five. It counts no single template's. */
  static metricAllActiveExperiments(options?: MetricOptions): Metric {
    return usageMetric('ActiveExperiments', options);
  }

  /** How many templates the account and Region has; FIS keeps 500. */
  static metricAllExperimentTemplates(options?: MetricOptions): Metric {
    return usageMetric('ExperimentTemplates', options);
  }

  readonly experimentTemplateId: string;
  readonly experimentTemplateArn: string;
  /** The role that FIS takes on. */
  readonly role: IRole;
  readonly grantPrincipal: IPrincipal;
  protected readonly experimentsArn: string;

  /** @throws {SteadfastError} `invalid` with all problems, each with its path and how to mend it */
  constructor(scope: Construct, id: string, props: FisExperimentTemplateProps) {
    super(scope, id);
    const { parsed, problems } = parseTemplate(this, props);
    refuse(this.node.path, props, problems);
    this.role = createTemplateRole(this, props, parsed);
    this.grantPrincipal = this.role.grantPrincipal;
    const template = writtenTemplateOf(props, parsed, {
      roleArn: this.role.roleArn,
      name: props.templateName ?? this.node.path,
    });
    const resource = createCfnTemplate(this, 'Resource', template);
    this.experimentTemplateId = resource.ref;
    this.experimentTemplateArn = fisArn(this, 'experiment-template', resource.ref);
    this.experimentsArn = fisArn(this, 'experiment', '*');
    for (const { accountId, roleArn, description } of props.targetAccounts ?? []) {
      new CfnTargetAccountConfiguration(this, `Account${accountId}`, {
        experimentTemplateId: resource.ref,
        accountId,
        roleArn,
        ...(description === undefined ? {} : { description }),
      });
    }
    this.node.addValidation({
      validate: () => [...parsed.targets.values()].flatMap(({ validate }) => validate?.() ?? []),
    });
  }
}
