import type { LabDefinition } from '../experiment/lab.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { lab } from './lab.ts';
import type { LabOptions, TestLab } from './test-lab.ts';

/** One of a test runner's hooks, as it is called in `describe` or at the top of a file. */
type Hook = (hook: () => Promise<void>, ...limits: never[]) => unknown;

/** The same where it takes how long the hook may take. */
type SlowHook = (hook: () => Promise<void>, timeoutMs: number) => unknown;

/** The hooks of a test runner: those of Jest and Vitest, or `node:test`'s `before` and `after`. */
export interface TestHooks {
  readonly beforeAll?: SlowHook;
  readonly afterAll?: Hook;
  readonly before?: Hook;
  readonly after?: Hook;
  readonly afterEach?: Hook;
}

/** Far beyond what a lab takes to start: one that does not says why, which a limit of Jest's 5 s or Vitest's 10 s would hide. */
const startWithinMs = 120_000;

const isHook = (value: unknown): value is SlowHook & Hook => typeof value === 'function';

/** The runner's own, where it has them as globals: Jest, and Vitest with `globals: true`. */
function globalHook(name: string): (SlowHook & Hook) | undefined {
  const value: unknown = Reflect.get(globalThis, name);
  return isHook(value) ? value : undefined;
}

const noHooks = () =>
  new SteadfastError('usage', 'useLab found no hooks of a test runner', {
    hint: "hand them over: useLab('shop', { before, after, afterEach }) with those of node:test, or { beforeAll, afterAll, afterEach }",
  });

const notStarted = () =>
  new SteadfastError(
    'usage',
    'the lab does not run: it is there within tests, between the hooks before and after them',
  );

/**
 * Has a test runner start a lab before the tests and stop it after them, whatever becomes of them; a fault that a test has left on,
 * since it timed out, is ended when that test is over.
 *
 * @param hooks those of the runner; the global ones where it has them
 * @returns the lab, to be used within tests
 * @example
 * import { after, afterEach, before, test } from 'node:test';
 * const shop = useLab('shop', { before, after, afterEach });
 */
export function useLab(
  asked: LabDefinition | string,
  hooks: TestHooks = {},
  options: LabOptions = {},
): TestLab {
  const { before } = hooks;
  const begin: SlowHook | undefined =
    hooks.beforeAll ?? (before === undefined ? globalHook('beforeAll') : (hook) => before(hook));
  const end = hooks.afterAll ?? hooks.after ?? globalHook('afterAll');
  const afterEach = hooks.afterEach ?? globalHook('afterEach');
  if (begin === undefined || end === undefined) throw noHooks();

  const giveUp = new AbortController();
  const signal = AbortSignal.any([giveUp.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  let starting: Promise<TestLab> | undefined;
  let started: TestLab | undefined;
  const running = (): TestLab => {
    if (started === undefined) throw notStarted();
    return started;
  };
  const stop = async () => {
    started = undefined;
    // Where the hook before the tests has timed out, it may be starting still.
    giveUp.abort();
    const ending = await starting?.catch(() => undefined);
    await ending?.stop();
  };
  begin(async () => {
    starting = lab(asked, { ...options, signal });
    const ready = await starting;
    if (!giveUp.signal.aborted) started = ready;
  }, startWithinMs);
  afterEach?.(async () => {
    await started?.endFaults();
  });
  end(stop);
  return {
    get id() {
      return running().id;
    },
    get urls() {
      return running().urls;
    },
    get replicas() {
      return running().replicas;
    },
    get links() {
      return running().links;
    },
    url: (service) => running().url(service),
    fetch: async (service, path, init) => running().fetch(service, path, init),
    inject: async (fault, how) => running().inject(fault, how),
    endFaults: async () => running().endFaults(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
