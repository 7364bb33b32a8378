import { describe, expect, it } from 'vitest';
import { arnParts, arnsIn, fitsAny, isOfKind } from '../../lib/fis/arn.ts';

const group = 'arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:u-1:autoScalingGroupName/shop';

describe('an ARN', () => {
  it('has parts, of which the last may hold colons', () => {
    expect(arnParts(group)).toEqual({
      partition: 'aws',
      service: 'autoscaling',
      region: 'eu-west-1',
      account: '111111111111',
      resource: 'autoScalingGroup:u-1:autoScalingGroupName/shop',
    });
    expect(arnParts('arn:aws:s3:::orders')).toMatchObject({ region: '', account: '', resource: 'orders' });
  });

  it.each(['shop-1', 'arn:aws:s3', 'arn:aws:kinesis:eu-west-1:111111111111', ''])('is not %j', (text) => {
    expect(arnParts(text)).toBeUndefined();
  });

  it.each([
    [group, 'autoscaling:autoScalingGroup:*', true],
    ['arn:aws:kinesis:eu-west-1:1:stream/orders', 'kinesis:stream/*', true],
    ['arn:aws:kinesis:eu-west-1:1:stream/orders-*', 'kinesis:stream/*', true],
    ['arn:aws:kinesis:eu-west-1:1:consumer/orders', 'kinesis:stream/*', false],
    ['arn:aws:dsql:eu-west-1:1:stream/orders', 'kinesis:stream/*', false],
    ['arn:aws:s3:::orders', 's3:*', true],
    ['orders', 's3:*', false],
  ])('%s is of the kind %s: %s', (arn, kind, expected) => {
    expect(isOfKind(arn, kind)).toBe(expected);
  });
});

describe('a text', () => {
  it('is searched for ARNs, wherever they stand in it', () => {
    const text = `aws sqs purge --queue "arn:aws:sqs:eu-west-1:1:q"; (arn:aws-cn:s3:::b/c), ARN:aws:s3:::d`;
    expect(arnsIn(text)).toEqual(['arn:aws:sqs:eu-west-1:1:q', 'arn:aws-cn:s3:::b/c', 'ARN:aws:s3:::d']);
    expect(arnsIn('learn: this')).toEqual([]);
  });

  it('fits one of several patterns', () => {
    expect(fitsAny(['a-*', 'b'], 'a-1')).toBe(true);
    expect(fitsAny(['a-*', 'b'], 'c')).toBe(false);
    expect(fitsAny([], '')).toBe(false);
  });
});
