import { FisClient, ListExperimentResolvedTargetsCommand } from '@aws-sdk/client-fis';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { resolvedTargets } from '../../lib/aws/fis-experiment.ts';
import { podId } from '../../lib/run/pods.ts';

const cluster = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';

async function idOf(targetInformation: Record<string, string>) {
  const fis = new FisClient({ region: 'eu-west-1' });
  mockClient(fis)
    .on(ListExperimentResolvedTargetsCommand)
    .resolves({ resolvedTargets: [{ targetName: 'slow', targetInformation }] });
  const [target] = await resolvedTargets(fis, 'EXP1');
  return target?.id;
}

describe('a target that FIS resolved', () => {
  it('has its ARN as its id', async () => {
    const arn = 'arn:aws:iam::111122223333:role/shop';
    expect(await idOf({ arn })).toBe(arn);
  });

  it.each([
    { pod_name: 'web-1', namespace: 'shop', cluster_arn: cluster, target_container_name: 'web' },
    { podName: 'web-1', namespace: 'shop', clusterArn: cluster },
  ])('that is a pod has the id that admission knows pods by: %j', async (information) => {
    expect(await idOf(information)).toBe(podId({ cluster, namespace: 'shop' }, 'web-1'));
  });

  it('of which FIS tells too little is no pod of anything', async () => {
    expect(await idOf({ pod_name: 'web-1', namespace: 'shop' })).toBe('namespace=shop,pod_name=web-1');
  });
});
