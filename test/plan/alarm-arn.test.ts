import { describe, expect, it } from 'vitest';
import { parseAlarmArn } from '../../lib/plan/alarm-arn.ts';

describe("an alarm's ARN", () => {
  it('says where the alarm is and what it is called, in any partition, colons included', () => {
    expect(parseAlarmArn('arn:aws-cn:cloudwatch:cn-north-1:222222222222:alarm:shop: errors')).toEqual({
      account: '222222222222',
      region: 'cn-north-1',
      name: 'shop: errors',
    });
  });

  it.each([
    'errors',
    'arn:aws:sns:eu-west-1:222222222222:errors',
    'arn:aws:cloudwatch:eu-west-1:2:alarm:errors',
  ])('is not %s', (text) => {
    expect(parseAlarmArn(text)).toBeUndefined();
  });
});
