import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createRunLog, tellingFunctions } from '../../../lib/aws/command/run-log.ts';
import { handlerNames } from '../../../lib/cdk/handler-bundles.ts';
import { environmentNames } from '../../../lib/plan/environment-names.ts';

const names = environmentNames({ id: 'staging', account: '111111111111', region: 'eu-west-1' });
const note = (eventId: string, second: number) => ({
  eventId,
  timestamp: second * 1_000,
  message: JSON.stringify({ progress: 'note', at: new Date(second * 1_000).toISOString(), text: eventId }),
});

/** The logs of the runner's functions, by function; a function that throws is a log that cannot be read. */
function logsOf(events: Record<string, ReturnType<typeof note>[] | (() => never)>) {
  const logs = new CloudWatchLogsClient({ region: 'eu-west-1' });
  const mock = mockClient(logs);
  mock
    .on(FilterLogEventsCommand)
    .callsFake(({ logGroupName = '', startTime = 0, nextToken }: FilterLogEventsCommandInput) => {
      const found = events[logGroupName.slice(logGroupName.lastIndexOf('-') + 1)] ?? [];
      if (typeof found === 'function') return found();
      const due = found.filter(({ timestamp }) => timestamp >= startTime);
      const from = Number(nextToken ?? 0);
      // Pages of two, and an empty one at the end, as there may be.
      return {
        events: due.slice(from, from + 2),
        ...(from < due.length ? { nextToken: String(from + 2) } : {}),
      };
    });
  return { log: createRunLog({ logs, names, runId: 'run-1', sinceMs: 0 }), mock };
}

const textsIn = (events: readonly { readonly kind: string }[]) =>
  events.map((event) => ('text' in event ? event.text : event.kind));

describe('the log of a run', () => {
  it('looks at every function that works for a run', () => {
    expect(tellingFunctions.toSorted()).toEqual([...handlerNames].sort());
  });

  it('tells each event once, in the order of time, also one that comes late', async () => {
    const observe = [note('b', 2), note('c', 3), note('e', 5)];
    const { log } = logsOf({ observe, admit: [note('a', 1)], fault: [note('d', 4)] });
    expect(textsIn(await log.read('all'))).toEqual(['a', 'b', 'c', 'd', 'e']);
    observe.push(note('late', 4.5), note('f', 6));
    expect(textsIn(await log.read('some'))).toEqual(['late', 'f']);
    expect(await log.read('all')).toEqual([]);
  });

  it('loses nothing where the second of two logs cannot be read', async () => {
    const events: Parameters<typeof logsOf>[0] = {
      observe: [note('a', 1)],
      fault: () => {
        throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
      },
    };
    const { log } = logsOf(events);
    await expect(log.read('all')).rejects.toMatchObject({ code: 'cannot-begin' });
    events['fault'] = [];
    expect(textsIn(await log.read('all'))).toEqual(['a']);
  });

  it('is empty where there is no log, and asks two at a time: who observes, and in turn one of the others', async () => {
    const gone = () => {
      throw new ResourceNotFoundException({ message: 'no', $metadata: {} });
    };
    const { log, mock } = logsOf({ observe: [note('a', 1)], fault: gone, rollback: gone });
    for (let look = 0; look < 6; look += 1) await log.read('some');
    const asked = mock.commandCalls(FilterLogEventsCommand).map(({ args: [{ input }] }) => input);
    const groups = asked
      .filter(({ nextToken }) => nextToken === undefined)
      .map(({ logGroupName = '' }) => logGroupName.replace(/.*-/, ''));
    expect(groups.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 6 }, () => 'observe'));
    expect(new Set(groups)).toEqual(new Set(handlerNames));
    expect(asked[0]?.filterPattern).toBe('{ $.runId = "run-1" && $.progress = "*" }');
  });

  it('looks each time at who observes the recovery, once that has begun', async () => {
    const { log, mock } = logsOf({ observe: [note('a', 1)], recover: [note('b', 2)] });
    await log.read('all');
    mock.resetHistory();
    for (let look = 0; look < 5; look += 1) await log.read('some');
    const groups = mock
      .commandCalls(FilterLogEventsCommand)
      .map(({ args: [{ input }] }) => input)
      .filter(({ nextToken }) => nextToken === undefined)
      .map(({ logGroupName = '' }) => logGroupName.replace(/.*-/, ''));
    expect(groups.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 5 }, () => 'recover'));
    expect(new Set(groups)).toEqual(new Set(handlerNames));
  });
});
