import { describe, expect, it } from 'vitest';
import type { FisAction } from '../../../../lib/cdk/template/action-props.ts';
import { FisTarget } from '../../../../lib/cdk/template/fis-target.ts';
import { problemsOf, stagingStack, template } from '../fixture.ts';

import { hitting, targetIn } from './target-fixture.ts';

describe('a target of pods', () => {
  const clusterArn = 'arn:aws:eks:eu-west-1:111111111111:cluster/staging';
  const pods = {
    cluster: clusterArn,
    namespace: 'shop',
    serviceAccount: 'fis',
    selection: 'one',
  } as const;
  const deletePod: FisAction = {
    action: 'aws:eks:pod-delete',
    target: 'it',
    parameters: { grace: '0s' },
  };

  it.each([
    [{ labels: { app: 'shop', tier: 'web' } }, 'labelSelector', 'app=shop,tier=web'],
    [{ deployment: 'shop' }, 'deploymentName', 'shop'],
    [{ pod: 'shop-1' }, 'podName', 'shop-1'],
  ])('finds them by %o', (by, selectorType, selectorValue) => {
    const stack = stagingStack();
    const target = FisTarget.pods({ ...pods, ...by, container: 'web', availabilityZone: 'eu-west-1a' });
    template(hitting(deletePod, target), stack);
    expect(targetIn(stack)).toEqual({
      ResourceType: 'aws:eks:pod',
      SelectionMode: 'COUNT(1)',
      Parameters: {
        clusterIdentifier: clusterArn,
        namespace: 'shop',
        selectorType,
        selectorValue,
        targetContainerName: 'web',
        availabilityZoneIdentifier: 'eu-west-1a',
      },
    });
  });

  it.each([
    ['says nothing of which', {}],
    ['says it in two ways', { deployment: 'shop', pod: 'shop-1' }],
  ])('is refused where it %s', (_, by) => {
    const changes = hitting(deletePod, FisTarget.pods({ ...pods, ...by }));
    expect(problemsOf(() => template(changes))).toEqual(['pods targets.it']);
  });
});
