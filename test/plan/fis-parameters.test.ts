import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { findAction } from '../../lib/fis/catalogue.ts';
import { fisParametersOf } from '../../lib/plan/fis-parameters.ts';
import { declaring, environmentTarget, labTarget } from './examples.ts';
import { experimentWith, onTagged, planWith, problemsWith } from './fault-examples.ts';

/** Of a fault that may not be planned yet as well. */
const written = (action: string, parameters: object) => {
  const { selector, ...others } = onTagged(action, parameters);
  const fault = experimentWith(findAction(action)?.target === undefined ? others : { ...others, selector })
    .faults['it'];
  return fault === undefined ? undefined : fisParametersOf(fault, environmentTarget(declaring));
};

describe('parameters as FIS takes them', () => {
  it.each([
    [
      'durations in milliseconds, whole percentages and hosts',
      'aws:ecs:task-network-latency',
      { delay: '1.5s', jitter: '20ms', flows: '30%', to: ['database', 'shop'] },
      {
        delayMilliseconds: '1500',
        jitterMilliseconds: '20',
        flowsPercent: '30',
        sources: 'database.example.com,shop.example.com',
      },
    ],
    ['durations in seconds', 'aws:eks:pod-delete', { grace: '2m' }, { gracePeriodSeconds: '120' }],
    [
      'durations in ISO 8601',
      'aws:ec2:send-spot-instance-interruptions',
      { interruptAfter: '150s' },
      { durationBeforeInterruption: 'PT150S' },
    ],
    [
      'percentages with a fraction',
      'aws:ebs:volume-io-latency',
      { reads: '12.5%', readDelay: '50ms' },
      { readIOPercentage: '12.5', readIOLatencyMilliseconds: '50' },
    ],
    [
      'whole numbers and words',
      'aws:ecs:task-network-blackhole-port',
      { port: 5432, direction: 'egress' },
      { port: '5432', trafficType: 'egress' },
    ],
    [
      "booleans, in the case of FIS's own and of SSM documents",
      'aws:ecs:task-cpu-stress',
      { installDependencies: false },
      { installDependencies: 'False' },
    ],
    ['booleans', 'aws:rds:reboot-db-instances', { failover: true }, { forceFailover: 'true' }],
    [
      'lists',
      'aws:s3:bucket-pause-replication',
      { region: 'eu-central-1', prefixes: ['a/', 'b/'] },
      { region: 'eu-central-1', prefixes: 'a/,b/' },
    ],
    [
      'what names mean in the environment',
      'aws:s3:bucket-pause-replication',
      { region: 'eu-central-1', destinations: ['copies'] },
      { region: 'eu-central-1', destinationBuckets: 'orders-staging-copies' },
    ],
    [
      'prefix lists, by name',
      'aws:network:disrupt-connectivity',
      { scope: 'prefix-list', prefixList: 'partners' },
      { scope: 'prefix-list', prefixListIdentifier: 'pl-0a1b2c3d' },
    ],
    [
      'images, by name',
      'aws:eks:pod-delete',
      { image: 'fisPod' },
      { fisPodContainerImage: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/fis-pod:0.1' },
    ],
    [
      'runbooks of the account, with the role that they declare',
      'aws:ssm:start-automation-execution',
      { document: 'cutTheCable', parameters: { Cable: 'north' } },
      {
        documentArn: 'arn:aws:ssm:eu-west-1:111111111111:document/cut-the-cable',
        documentParameters:
          '{"AutomationAssumeRole":"arn:aws:iam::111111111111:role/cut-the-cable","Cable":"north"}',
      },
    ],
    [
      'maps',
      'aws:ssm:send-command',
      {
        document: 'cpuStress',
        parameters: { B: ['x y'], A: '1' },
      },
      {
        documentArn: 'arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress',
        documentParameters: '{"A":"1","B":["x y"]}',
      },
    ],
  ])('are %s', (_, action, parameters, expected) => {
    expect(written(action, parameters)).toEqual(expected);
  });

  it.each([
    ['seconds', 'aws:ec2:send-spot-instance-interruptions', { interruptAfter: '120500ms' }, 'whole-seconds'],
    ['percentages', 'aws:ecs:task-cpu-stress', { load: '12.5%' }, 'whole-percent'],
    ['milliseconds', 'aws:ebs:volume-io-latency', { readDelay: '1.5ms' }, 'whole-milliseconds'],
  ])('are refused where FIS asks for whole %s', (_, action, parameters, code) => {
    const [name] = Object.keys(parameters);
    expect(problemsWith(onTagged(action, parameters))).toEqual([`${code} faults.it.parameters.${name}`]);
  });

  it('are times of the run in a lab, by its pace', () => {
    const interrupt = {
      ...onTagged('aws:ec2:send-spot-instance-interruptions'),
      selector: { service: 'shop' },
    };
    const [template] = planWith(
      { ...interrupt, parameters: { interruptAfter: '2m' } },
      labTarget(),
    ).templates;
    // At the lab's pace of 0.03.
    expect(template?.actions['it']?.parameters).toEqual({ durationBeforeInterruption: 'PT3.6S' });
  });

  it('hold the duration of the stage, whatever FIS calls it', () => {
    const stages: ExperimentDefinition['stages'] = [{ share: 'one', duration: '90s' }];
    const stop = planWith(onTagged('aws:ec2:stop-instances'), environmentTarget(), { stages });
    expect(stop.templates[0]?.actions['it']?.parameters).toEqual({ startInstancesAfterDuration: 'PT90S' });
    expect(Object.keys(stop.templates[0]?.actions ?? {})).toEqual(['it']);
  });
});
