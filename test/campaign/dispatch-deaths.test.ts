import { describe, expect, it } from 'vitest';
import { isLong } from '../setup.ts';
import { dispatched, partOf, planned, stepped } from './dispatched.ts';
import { minuteMs } from './jobs.ts';

/** Two that must not run beside each other, and one that is rejected as busy at first. */
const three = partOf([
  planned('first', [0, 3], { touches: ['shop'] }),
  planned('busy', [0, 3]),
  planned('second', [3, 6], { touches: ['cart'], uses: ['shop'] }),
]);
const runs = {
  first: () => ({ lastsMs: 4 * minuteMs }),
  second: () => ({ lastsMs: 2 * minuteMs }),
  busy: (start: number) =>
    start === 1
      ? ({ lastsMs: minuteMs, verdict: 'rejected', rejection: 'busy' } as const)
      : { lastsMs: 2 * minuteMs },
};

const whatRan = ({ ran }: Awaited<ReturnType<typeof stepped>>) =>
  ran.map(({ experiment, name }) => `${experiment} ${name.at(-1)}`).toSorted();
const asPlanned = ['busy 1', 'busy 2', 'first 1', 'second 1'];

function keepsTheOrder({ ran, last }: Awaited<ReturnType<typeof stepped>>): void {
  const [first] = ran.filter(({ experiment }) => experiment === 'first');
  const [second] = ran.filter(({ experiment }) => experiment === 'second');
  expect(second?.from).toBeGreaterThanOrEqual(first?.to ?? Number.POSITIVE_INFINITY);
  expect(last).toMatchObject({ next: 'done', counts: { held: 3 } });
}

/** Fails one of all calls of AWS, before it is carried out or after. */
const failing = (at: number, when: 'before' | 'after') => {
  let calls = 0;
  return async (send: (command: unknown) => Promise<unknown>, command: unknown) => {
    calls += 1;
    const isIt = calls === at;
    if (isIt && when === 'before') throw new Error('the function died');
    const answer = await send(command);
    if (isIt) throw new Error('the function died');
    return answer;
  };
};

describe('a dispatcher whose function dies', () => {
  it('starts each run once, whichever call of AWS it dies of, before it is carried out or after', async () => {
    let calls = 0;
    const clean = await stepped(three, {
      runs,
      through: (send, command) => {
        calls += 1;
        return send(command);
      },
    });
    expect(whatRan(clean)).toEqual(asPlanned);
    keepsTheOrder(clean);
    expect(calls).toBeGreaterThan(30);
    for (let at = 1; at <= calls; at += 1) {
      // In the ordinary run by turns.
      const ways = isLong ? (['before', 'after'] as const) : ([at % 2 === 0 ? 'before' : 'after'] as const);
      for (const when of ways) {
        const outcome = await stepped(three, { runs, through: failing(at, when) });
        expect([at, when, ...whatRan(outcome)]).toEqual([at, when, ...asPlanned]);
        keepsTheOrder(outcome);
      }
    }
  });

  it('starts each run once where every step is delivered twice', async () => {
    const outcome = await stepped(three, {
      runs,
      invoke: async (call) => {
        const [, second] = await Promise.all([call(), call()]);
        return second;
      },
    });
    expect(whatRan(outcome)).toEqual(asPlanned);
    keepsTheOrder(outcome);
  });

  const stopping = {
    runs: { ...runs, first: () => ({ lastsMs: minuteMs, verdict: 'errored' }) as const },
  };

  it('tells people that it is stopped, whichever call it dies of; twice only where the word that they are told is lost', async () => {
    const sent: string[] = [];
    await stepped(three, {
      ...stopping,
      through: (send, command) => {
        sent.push(command instanceof Object ? command.constructor.name : '');
        return send(command);
      },
    });
    const publishedAt = sent.indexOf('PublishCommand') + 1;
    expect(publishedAt).toBeGreaterThan(0);
    for (let at = 1; at <= sent.length; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const { messages, last } = await stepped(three, { ...stopping, through: failing(at, when) });
        const isLost =
          (at === publishedAt && when === 'after') || (at === publishedAt + 1 && when === 'before');
        expect([at, when, messages.length, last?.next]).toEqual([at, when, isLost ? 2 : 1, 'stopped']);
      }
    }
  });

  it('tells people once where every step is delivered twice', async () => {
    const { messages, last } = await stepped(three, {
      ...stopping,
      invoke: async (call) => {
        const [, second] = await Promise.all([call(), call()]);
        return second;
      },
    });
    expect(messages).toHaveLength(1);
    expect(last).toMatchObject({ next: 'stopped' });
  });

  it('goes on telling where a step dies as it tells, and fails where nobody can be told', async () => {
    let deaths = 0;
    const silent = await stepped(three, {
      ...stopping,
      // Killed: nothing of the step is carried out any more.
      through: (send, command) => {
        const isTelling = command instanceof Object && command.constructor.name === 'PublishCommand';
        if (isTelling) deaths += 1;
        if (deaths === 1) return Promise.reject(new Error('the function died'));
        return send(command);
      },
      invoke: async (call) => {
        try {
          return await call();
        } finally {
          if (deaths === 1) deaths = 2;
        }
      },
    });
    expect(silent.messages).toHaveLength(1);
    expect(silent.last).toMatchObject({ next: 'stopped' });
    const untold = dispatched(three, {
      ...stopping,
      through: (send, command) =>
        command instanceof Object && command.constructor.name === 'PublishCommand'
          ? Promise.reject(new Error('the topic is gone'))
          : send(command),
    });
    // Its alarm rings.
    expect((await untold).executions.at(-1)?.status).toBe('failed');
  });

  it('is carried on by its state machine', async () => {
    let calls = 0;
    const outcome = await dispatched(three, {
      runs,
      invoke: async (call) => {
        calls += 1;
        if (calls % 3 === 0) throw new Error('the function died');
        return call();
      },
    });
    expect(whatRan(outcome)).toEqual(asPlanned);
    expect(outcome.executions.map(({ status }) => status)).toEqual(['succeeded']);
  });
});

describe('a campaign that lasts long', () => {
  it('goes on in another execution long before the history is full, once, even where the answer to its start is lost', async () => {
    const long = partOf([planned('first', [0, 520]), planned('second', [520, 530])]);
    const { executions, names, ran, last } = await dispatched(long, {
      runs: { first: () => ({ lastsMs: 520 * minuteMs }) },
      losesAnswer: true,
    });
    expect(names).toEqual(['20261201-abcdef12-1', '20261201-abcdef12-2']);
    expect(executions.map(({ path }) => path.at(-1))).toEqual(['Continued', 'Done']);
    for (const { events, largestStateBytes } of executions) {
      // Ten retries of every step would make it four times as many.
      expect(events).toBeLessThan(25_000 / 4);
      expect(largestStateBytes).toBeLessThan(1_000);
    }
    expect(ran.map(({ experiment, from }) => [experiment, from])).toEqual([
      ['first', 0],
      ['second', 520],
    ]);
    expect(last).toMatchObject({ next: 'done', execution: 2, counts: { held: 2 } });
  });
});
