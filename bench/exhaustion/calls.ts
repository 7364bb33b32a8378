import type { AwsClients } from '../../lib/aws/clients.ts';
import type { Clock } from '../../lib/run/ports.ts';

/** A call of AWS that a function is about to make. */
export interface AwsCall {
  /** The command, such as `PutObjectCommand`. */
  readonly command: string;
  /** The service, by the name of its client here. */
  readonly service: keyof AwsClients;
  /** How many calls the function has made before this one. */
  readonly index: number;
}

/** What befalls a call: it is made, it fails with this error, it is made so much later, or the process dies just before or just after it. */
export type Fortune =
  | { readonly kind: 'made' }
  | { readonly kind: 'fails'; readonly error: Error }
  | { readonly kind: 'late'; readonly byMs: number }
  | { readonly kind: 'dies'; readonly moment: 'before' | 'after' };

export const made: Fortune = { kind: 'made' };

const never = () => new Promise<never>(() => {});

/** A process that a function runs in: what it reaches of the world, until it dies. */
export interface Process {
  readonly clock: Clock;
  readonly clients: AwsClients;
  /** Rejects as the process dies. */
  readonly death: Promise<never>;
}

/** A process of its own, whose calls go through `fortune`. Once it has died it does nothing any more, and nothing in it goes on. */
export function createProcess(options: {
  readonly clock: Clock;
  readonly clients: AwsClients;
  readonly fortune: (call: AwsCall) => Fortune;
}): Process {
  const { clock, clients, fortune } = options;
  const { promise: death, reject } = Promise.withResolvers<never>();
  // Whoever does not wait for it is not to be ended by it.
  death.catch(() => {});
  let isDead = false;
  let index = 0;
  const die = () => {
    isDead = true;
    reject(
      Object.assign(new Error('RequestId: 1 Error: Runtime exited with error: signal: killed'), {
        name: 'Runtime.ExitError',
      }),
    );
  };

  const through = async (call: Omit<AwsCall, 'index'>, send: () => unknown): Promise<unknown> => {
    if (isDead) return never();
    const what = fortune({ ...call, index });
    index += 1;
    if (what.kind === 'fails') throw what.error;
    if (what.kind === 'late') await clock.sleep(what.byMs);
    if (what.kind === 'dies' && what.moment === 'before') {
      die();
      return never();
    }
    const answer = await send();
    if (what.kind === 'dies') die();
    return isDead ? never() : answer;
  };

  const wrapped = <Client extends object>(service: keyof AwsClients, client: Client): Client =>
    new Proxy(client, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (key !== 'send' || typeof member !== 'function') return member;
        return (...given: readonly object[]): unknown =>
          through({ service, command: given[0]?.constructor.name ?? '' }, () =>
            Reflect.apply(member, target, given),
          );
      },
    });

  return {
    death,
    clock: {
      ...clock,
      now: () => clock.now(),
      sleep: async (ms, signal) => {
        await clock.sleep(ms, signal);
        if (isDead) await never();
      },
    },
    clients: {
      ...clients,
      cloudWatch: wrapped('cloudWatch', clients.cloudWatch),
      dynamo: wrapped('dynamo', clients.dynamo),
      ecs: wrapped('ecs', clients.ecs),
      eventBridge: wrapped('eventBridge', clients.eventBridge),
      fis: wrapped('fis', clients.fis),
      lambda: wrapped('lambda', clients.lambda),
      lambdaReads: wrapped('lambdaReads', clients.lambdaReads),
      s3: wrapped('s3', clients.s3),
      sfn: wrapped('sfn', clients.sfn),
      sns: wrapped('sns', clients.sns),
      ssm: wrapped('ssm', clients.ssm),
      tagging: wrapped('tagging', clients.tagging),
    },
  };
}
