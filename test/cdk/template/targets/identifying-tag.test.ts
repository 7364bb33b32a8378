import { Stack, Tags } from 'aws-cdk-lib';
import { CfnService, type FargateService, PropagatedTagSource } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, it } from 'vitest';
import { FisTarget } from '../../../../lib/cdk/template/fis-target.ts';
import { environmentTag, template, testApp } from '../fixture.ts';

import { hitting, shopService, stopIt, synthesisOf } from './target-fixture.ts';

describe('the environment tag of a target by construct', () => {
  const written = (prepare: (stack: Stack, service: FargateService) => void) => {
    const app = testApp();
    const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
    const service = shopService(stack);
    template(hitting(stopIt, FisTarget.of(service, { selection: 'all' })), stack);
    prepare(stack, service);
    return synthesisOf(stack);
  };
  const { key, value } = environmentTag;

  it('may come from wherever CDK or CloudFormation set it', () => {
    expect(written((_, service) => Tags.of(service).add(key, value))).not.toThrow();
    expect(written((stack) => stack.tags.setTag(key, value))).not.toThrow();
  });

  it('is asked for once the app is whole, since to name a construct must not move it into the environment', () => {
    expect(written(() => undefined)).toThrow(
      /Shop\/Service does not carry the environment tag Env=staging.*Tags\.of\(\.\.\.\)\.add\('Env', 'staging'\)/,
    );
  });

  it("is not that of another environment, though the stack's is right", () => {
    const prepare = (stack: Stack, service: FargateService) => {
      Tags.of(stack).add(key, value);
      Tags.of(service).add(key, 'production');
    };
    expect(written(prepare)).toThrow(/carries Env=production, and the template is for Env=staging/);
  });

  it('reaches no tasks of a service that is told not to hand its tags on', () => {
    const prepare = (stack: Stack, service: FargateService) => {
      Tags.of(stack).add(key, value);
      if (service.node.defaultChild instanceof CfnService)
        service.node.defaultChild.propagateTags = PropagatedTagSource.TASK_DEFINITION;
    };
    expect(written(prepare)).toThrow(/does not hand its tags to its tasks/);
  });
});
