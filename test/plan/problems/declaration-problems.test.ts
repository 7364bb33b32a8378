import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { declaring, environmentTarget, labTarget, shopLab, staging } from '../examples.ts';
import { experimentWith, onTagged, plannedTarget, planWith, problemsWith } from '../fault-examples.ts';

const { shop } = declaring.services;
const withShop = (changes: Partial<EnvironmentDefinition['services'][string]>) =>
  environmentTarget({ ...declaring, services: { ...declaring.services, shop: { ...shop, ...changes } } });
const onShop = (action: string, parameters?: object, selector: object = {}) => ({
  action,
  selector: { service: 'shop', ...selector },
  ...(parameters === undefined ? {} : { parameters }),
});
const throttled = (selector?: object) =>
  onShop(
    'aws:fis:inject-api-throttle-error',
    { service: 'ec2', operations: ['DescribeInstances'] },
    selector,
  );
const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

describe('what FIS cannot select by tag', () => {
  it('is the roles that its service declares', () => {
    expect(plannedTarget(throttled(), environmentTarget(declaring))).toEqual({
      resourceType: 'aws:iam:role',
      resourceArns: [role('shop'), role('path/jobs')],
      selectionMode: 'COUNT(1)',
    });
  });

  it('is the cluster that its service declares', () => {
    const custom = onShop('aws:eks:inject-kubernetes-custom-resource', {
      apiVersion: 'chaos-mesh.org/v1alpha1',
      kind: 'PodChaos',
      spec: { action: 'pod-failure', mode: 'one', selector: { labelSelectors: { app: 'shop' } } },
    });
    const target = environmentTarget(declaring);
    expect(plannedTarget(custom, target)).toMatchObject({ resourceArns: [shop.eks.cluster] });
    expect(planWith(custom, target).templates[0]?.actions['it']?.parameters).toMatchObject({
      kubernetesNamespace: 'shop',
      maxDuration: 'PT15M',
    });
  });

  it.each([
    ['label', { label: 'app=shop' }, 'labelSelector', 'app=shop'],
    ['deployment', { deployment: 'shop' }, 'deploymentName', 'shop'],
    ['name', { pod: 'shop-0' }, 'podName', 'shop-0'],
  ])(
    'is the pods that its service declares by %s, in the zone that the selector names',
    (_, pods, type, value) => {
      const target = withShop({ eks: { ...shop.eks, pods, container: 'web' } });
      const fault = onShop('aws:eks:pod-cpu-stress', undefined, { availabilityZone: 'eu-west-1a' });
      expect(plannedTarget(fault, target)).toEqual({
        resourceType: 'aws:eks:pod',
        parameters: {
          clusterIdentifier: shop.eks.cluster,
          namespace: 'shop',
          selectorType: type,
          selectorValue: value,
          targetContainerName: 'web',
          availabilityZoneIdentifier: 'eu-west-1a',
        },
        selectionMode: 'COUNT(1)',
      });
      expect(planWith(fault, target).templates[0]?.actions['it']?.parameters).toMatchObject({
        kubernetesServiceAccount: 'fis',
      });
    },
  );

  it('takes no tags beside what is declared', () => {
    expect(problemsWith(throttled({ tags: { Tier: 'web' } }), environmentTarget(declaring))).toEqual([
      'tags-beside-declared faults.it.selector.tags',
    ]);
    const pods = onShop('aws:eks:pod-delete', undefined, { tags: { Tier: 'web' } });
    expect(problemsWith(pods, environmentTarget(declaring))).toEqual([
      'tags-beside-declared faults.it.selector.tags',
    ]);
  });

  it('needs its service, also in an isolated account', () => {
    const fault = { ...throttled(), selector: { tags: { Tier: 'web' } } };
    const isolated = environmentTarget({ ...declaring, isolated: { reason: 'an account of its own' } });
    expect(problemsWith(fault, isolated)).toEqual(['not-selectable-by-tag faults.it.selector']);
    expect(problemsWith(throttled(), environmentTarget({ ...staging, isolated: { reason: 'r' } }))).toEqual([
      'not-selectable faults.it.selector.service',
    ]);
  });

  it('is at most five ARNs', () => {
    const roles = (count: number) => Array.from({ length: count }, (_, index) => role(`r${index}`));
    expect(problemsWith(throttled(), withShop({ roles: roles(5) }))).toEqual([]);
    const [problem] = problemsOf(experimentWith(throttled()), withShop({ roles: roles(6) }));
    expect(problem).toMatchObject({
      code: 'too-many-arns',
      path: ['faults', 'it', 'selector', 'service'],
      message:
        "the service 'shop' declares 6 roles in environment 'staging', and FIS takes 5 ARNs at most in a target",
    });
  });

  it('says under which key of a service it is declared', () => {
    const hints = [throttled(), onShop('aws:eks:pod-delete')].map(
      (fault) => problemsOf(experimentWith(fault), environmentTarget())[0]?.hint,
    );
    expect(hints).toEqual([
      "give services.shop roles, such as ['arn:aws:iam::111111111111:role/shop'], in environment 'staging', or select another service",
      "give services.shop eks: { cluster, namespace, pods, serviceAccount } in environment 'staging', or select another service",
    ]);
  });
});

describe('what IAM cannot confine by tag', () => {
  const calls = onShop('aws:kinesis:stream-expired-iterator-exception');

  it.each([
    [
      calls,
      "declare them in services.shop.resources, such as 'arn:aws:kinesis:eu-west-1:111111111111:stream/...', of environment 'staging', or say why its account is isolated (isolated: { reason })",
    ],
    [
      onTagged('aws:kinesis:stream-expired-iterator-exception'),
      "declare them in services.<name>.resources, such as 'arn:aws:kinesis:eu-west-1:111111111111:stream/...', of environment 'staging', or say why its account is isolated (isolated: { reason })",
    ],
    [
      onShop('aws:network:route-table-disrupt-cross-region-connectivity', { region: 'eu-central-1' }),
      "declare them in services.shop.resources, such as 'arn:aws:ec2:eu-west-1:111111111111:route-table/...', of environment 'staging', or say why its account is isolated (isolated: { reason })",
    ],
    [
      onShop('aws:lambda:invocation-add-delay'),
      "declare services.shop.faultConfiguration, the ARN in AWS_FIS_CONFIGURATION_LOCATION of its functions, of environment 'staging', or say why its account is isolated (isolated: { reason })",
    ],
  ])('is refused with the way to declare it: %j', (fault, hint) => {
    expect(problemsOf(experimentWith(fault), environmentTarget())).toMatchObject([
      { code: 'not-declared', path: ['faults', 'it', 'action'], hint },
    ]);
  });

  it('is not declared by what is of another kind', () => {
    const target = withShop({ resources: ['arn:aws:sqs:eu-west-1:111111111111:orders'] });
    expect(problemsWith(calls, target)).toEqual(['not-declared faults.it.action']);
  });

  it('may reach a whole account that is isolated', () => {
    expect(problemsWith(calls, environmentTarget({ ...staging, isolated: { reason: 'r' } }))).toEqual([]);
  });

  it('is what a bucket is: declared, or owned by name', () => {
    const pause = onShop('aws:s3:bucket-pause-replication', { region: 'eu-central-1' });
    expect(problemsWith(pause)).toEqual(['not-declared faults.it.action']);
    expect(problemsWith(pause, environmentTarget(declaring))).toEqual([]);
    const owning = environmentTarget({ ...staging, owns: { names: ['orders-staging*'] } });
    expect(problemsWith(pause, owning)).toEqual([]);
  });
});

describe('what parameters name', () => {
  it.each([
    ['aws:ssm:send-command', { document: 'nobody' }, 'document', 'document'],
    [
      'aws:network:disrupt-connectivity',
      { scope: 'prefix-list', prefixList: 'nobody' },
      'prefixList',
      'prefix list',
    ],
    ['aws:eks:pod-delete', { image: 'nobody' }, 'image', 'image'],
  ])('must be declared: %s', (action, parameters, parameter, words) => {
    const target = environmentTarget(declaring);
    expect(problemsOf(experimentWith(onShop(action, parameters)), target)).toMatchObject([
      {
        code: 'unknown-name',
        path: ['faults', 'it', 'parameters', parameter],
        message: `no ${words} is called 'nobody' in environment 'staging'`,
      },
    ]);
  });

  it('must be declared each, in a list', () => {
    const alarms = {
      action: 'aws:cloudwatch:assert-alarm-state',
      parameters: { alarms: ['shopErrors', 'nobody'], states: ['OK'] },
    };
    expect(problemsWith(alarms, environmentTarget(declaring))).toEqual([
      'unknown-name faults.it.parameters.alarms.1',
    ]);
    const known = { ...alarms, parameters: { alarms: ['shopErrors'], states: ['OK'] } };
    const [template] = planWith(known, environmentTarget(declaring)).templates;
    expect(template?.actions['it']?.parameters).toEqual({
      alarmArns: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:steadfast-staging-shopErrors',
      alarmStates: 'OK',
    });
    expect(template?.targets).toEqual({});
  });

  it('is asked of a lab that plays the action, and no extra noise in one that cannot, unless it says why', () => {
    const command = onShop('aws:ssm:send-command', { document: 'cpuStress' });
    const notes = (lab = shopLab) =>
      problemsOf(experimentWith(command), labTarget(lab)).map(
        ({ code, path }) => `${code} ${path.join('.')}`,
      );
    expect(notes()).toEqual(['unknown-name faults.it.parameters.document']);
    const image = onShop('aws:eks:pod-delete', { image: 'fisPod' });
    const lab = labTarget({ ...shopLab, images: { fisPod: { notRehearsable: 'there are no pods' } } });
    // A lab makes no pods of FIS's own, so that any image will do.
    expect(problemsOf(experimentWith(image), labTarget())).toEqual([]);
    expect(problemsOf(experimentWith(image), lab).map(({ message }) => message)).toEqual([
      "lab 'shop' cannot play the image 'fisPod': there are no pods",
    ]);
  });
});
