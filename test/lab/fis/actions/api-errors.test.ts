import { describe, expect, it } from 'vitest';
import type { CallEffect } from '../../../../lib/lab/calls/call.ts';
import { actionHandlers } from '../../../../lib/lab/fis/action-handlers.ts';
import { actionContext, resource } from '../action-context.ts';
import { FakeCallPoint } from '../fake-call-point.ts';
import { fakeLab } from '../fake-lab.ts';

const describeInstances = { body: 'Action=DescribeInstances&Version=2016-11-15' };
const getRecords = { headers: { 'x-amz-target': 'Kinesis_20131202.GetRecords' } };

/** The shop calls an API that the lab plays, and so does another service, and whoever has no link. */
async function play(id: string, api: 'ec2' | 'kinesis', parameters: Record<string, string>, call: object) {
  const fake = fakeLab();
  fake.services.push({ name: api, kind: 'command', tags: {}, zones: [], apis: [api] });
  const points = {
    shop: new FakeCallPoint(api, 'shop-1'),
    other: new FakeCallPoint(api, 'other-1'),
    probes: new FakeCallPoint(api),
  };
  fake.callPoints.push(...Object.values(points));
  const effects: Record<string, CallEffect | undefined> = {};
  const context = actionContext(fake, {
    parameters: { duration: 'PT1M', ...parameters },
    resources: [resource(id.startsWith('aws:kinesis:') ? api : 'shop', fake)],
    meanwhile: () => {
      for (const [name, point] of Object.entries(points)) effects[name] = point.call(call);
    },
  });
  const bite = await actionHandlers.get(id)?.carryOut(context);
  for (const point of Object.values(points)) expect(point.faultsInPlace).toBe(0);
  return { effects, bite };
}

const onEc2 = { service: 'ec2', operations: 'DescribeInstances,DescribeTags', percentage: '100' };
const onKinesis = { service: 'kinesis', operations: 'GetRecords', percentage: '100' };

describe('calls of an AWS API that a lab plays', () => {
  it.each([
    ['internal', 500, 'InternalError'],
    ['throttle', 503, 'RequestLimitExceeded'],
    ['unavailable', 503, 'Unavailable'],
  ])('of EC2 fail as it tells it: %s', async (error, status, code) => {
    const id = `aws:fis:inject-api-${error}-error`;
    const { effects, bite } = await play(id, 'ec2', onEc2, describeInstances);
    expect(effects['shop']?.answer?.status).toBe(status);
    expect(effects['shop']?.answer?.body).toContain(`<Code>${code}</Code>`);
    expect(bite).toEqual({ bit: true, evidence: 'ec2: 1 of 1 calls failed' });
  });

  it.each([
    ['internal', 500, 'InternalFailure'],
    ['throttle', 400, 'ThrottlingException'],
    ['unavailable', 503, 'ServiceUnavailable'],
  ])('of Kinesis fail as it tells it: %s', async (error, status, code) => {
    const id = `aws:fis:inject-api-${error}-error`;
    const { effects } = await play(id, 'kinesis', onKinesis, getRecords);
    expect(effects['shop']?.answer).toMatchObject({ status, headers: { 'x-amzn-errortype': code } });
    expect(effects['shop']?.answer?.body).toContain(`"__type":"${code}"`);
  });

  it('fail for the roles that are hit alone, and the operations that are named', async () => {
    const id = 'aws:fis:inject-api-throttle-error';
    const { effects } = await play(id, 'ec2', onEc2, describeInstances);
    expect(effects).toMatchObject({ other: undefined, probes: undefined });
    const inQuery = await play(id, 'ec2', onEc2, { path: '/?Action=DescribeTags' });
    expect(inQuery.effects['shop']?.answer?.status).toBe(503);
    const other = await play(id, 'ec2', onEc2, { body: 'Action=RunInstances' });
    expect(other.effects['shop']).toBeUndefined();
    expect(other.bite).toMatchObject({ bit: false, evidence: 'ec2: 0 of 1 calls failed' });
  });

  it('cannot fail where the service has no link to one that plays the API', async () => {
    const kinesisOnly = play('aws:fis:inject-api-throttle-error', 'ec2', onKinesis, getRecords);
    await expect(kinesisOnly).rejects.toThrow('shop cannot call kinesis');
    const s3 = play('aws:fis:inject-api-throttle-error', 'ec2', { ...onEc2, service: 's3' }, {});
    await expect(s3).rejects.toThrow("no errors for calls of 's3'");
  });
});

describe('calls of a stream that a lab plays', () => {
  it.each([
    ['aws:kinesis:stream-provisioned-throughput-exception', 'ProvisionedThroughputExceededException'],
    ['aws:kinesis:stream-expired-iterator-exception', 'ExpiredIteratorException'],
  ])('fail whoever calls: %s', async (id, code) => {
    const { effects } = await play(id, 'kinesis', { percentage: '50' }, getRecords);
    for (const caller of ['shop', 'other', 'probes'])
      expect(effects[caller]?.answer).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': code } });
    const unnamed = await play(
      id,
      'kinesis',
      { percentage: '50' },
      { headers: { 'x-amz-target': 'x.DescribeStream' } },
    );
    expect(unnamed.effects['shop']).toBeUndefined();
  });
});
