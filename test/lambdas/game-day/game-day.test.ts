import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createGameDayHandler } from '../../../lambdas/game-day-handler.ts';
import { createDynamoLog } from '../../../lib/aws/game-day/dynamo-log.ts';
import { createEditions } from '../../../lib/aws/game-day/editions.ts';
import { quietLog } from '../../end-to-end/aws-run.ts';
import { createFakeAws } from '../../fakes/fake-aws-account.ts';
import { gameDayInput } from '../../fakes/game-day/game-day-input.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';

const edition = 'payment-outage-20261201-180000-4fzk';
const startedAt = '2026-12-01T18:00:00.000Z';
const named = (name: string) => Object.assign(new Error(`${name} it is`), { name });

function setUp() {
  const clock = createVirtualClock({ startMs: Date.parse(startedAt), auto: true });
  const aws = createFakeAws({ clock, tasks: [], tags: {}, fis: { templates: {} } });
  const machines = mockClient(aws.clients.sfn);
  machines
    .on(DescribeStateMachineCommand)
    .resolves({ definition: '{"Variable":"$$.Execution.Input.gameDay"}' });
  const { dynamo } = aws.clients;
  return {
    aws,
    machines,
    clock,
    log: createDynamoLog({ dynamo, table: 'steadfast', clock }),
    editions: createEditions({ dynamo, table: 'steadfast' }),
    handler: createGameDayHandler({
      variables: {
        STEADFAST_ENVIRONMENT: 'staging',
        STEADFAST_TABLE: 'steadfast',
        STEADFAST_BUCKET: 'steadfast',
        STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging',
      },
      clients: aws.clients,
      clock,
      log: quietLog,
    }),
  };
}

const begin = {
  step: 'begin',
  state: { input: gameDayInput() },
  execution: { id: 'arn:execution', name: edition, startedAt },
};

describe('the steps of a game day, by their real function', () => {
  it('begin an edition once, also where the step is made again after it was half done', async () => {
    const { aws, handler, log, editions } = setUp();
    aws.bucket.mock.on(PutObjectCommand).rejectsOnce(named('SlowDown'));
    await expect(handler(begin)).rejects.toMatchObject({ name: 'Steadfast.retryable' });
    aws.bucket.mock.on(PutObjectCommand).resolves({});
    expect(await handler(begin)).toMatchObject({ edition, next: 'wait' });
    expect(await handler(begin)).toMatchObject({ edition, next: 'wait' });
    expect((await log.read(edition)).map(({ kind }) => kind)).toEqual(['began']);
    expect(await editions.all()).toMatchObject([{ edition, gameDay: 'payment-outage', beganAt: startedAt }]);
  });

  it.each([
    ['{"States": {}}', /knows no game days/],
    [undefined, /there is no launcher/],
  ])('begin nothing with a launcher that would ask for no approval', async (definition, why) => {
    const { handler, machines, editions, log } = setUp();
    if (definition === undefined)
      machines.on(DescribeStateMachineCommand).rejects(named('StateMachineDoesNotExist'));
    else machines.on(DescribeStateMachineCommand).resolves({ definition });
    const failed = handler(begin);
    await expect(failed).rejects.toThrow(why);
    await expect(failed).rejects.toMatchObject({ name: 'Steadfast.invalid' });
    expect(await editions.all()).toEqual([]);
    expect(await log.read(edition)).toEqual([]);
  });

  it('ask to be made again where the table throttles, and lose nothing', async () => {
    const { aws, handler, log } = setUp();
    await handler(begin);
    const state = { edition, next: 'wait', waitSeconds: 1, execution: 'arn:execution' };
    aws.table.mock.on(TransactWriteCommand).rejects(named('ThrottlingException'));
    await expect(handler({ step: 'conclude', state })).rejects.toMatchObject({ name: 'Steadfast.retryable' });
    expect((await log.read(edition)).map(({ kind }) => kind)).toEqual(['began']);
  });

  it('close the edition in the index as its protocol is over', async () => {
    const { aws, clock, handler, editions } = setUp();
    aws.bucket.objects.set(`game-days/${edition}/input.json`, JSON.stringify(gameDayInput()));
    await handler(begin);
    await clock.sleep(60_000);
    const state = { edition, next: 'conclude', waitSeconds: 1, execution: 'arn:execution' };
    expect(await handler({ step: 'conclude', state })).toMatchObject({ next: 'done' });
    await clock.sleep(60_000);
    await handler({ step: 'conclude', state });
    expect(await editions.all()).toMatchObject([{ closedAt: '2026-12-01T18:01:00.000Z' }]);
  });

  it('say what is no step of theirs', async () => {
    await expect(setUp().handler({ step: 'dance' })).rejects.toThrow('no step of a game day');
  });
});
