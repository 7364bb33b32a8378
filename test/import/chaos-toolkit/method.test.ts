import { describe, expect, it } from 'vitest';
import {
  acting,
  addLatency,
  definitionIn,
  experiment,
  faultOf,
  fieldAt,
  httpProbe,
  importing,
  placeholder,
  python,
} from './importing.ts';

const pausing = (seconds: unknown, action: object = addLatency) => ({
  ...action,
  pauses: { after: seconds },
});
const stop = python('chaosaws.ecs.actions', 'stop_random_tasks', { service: 'shop', task_percent: 50 });
const remove = python('chaosnetwork.actions', 'remove_latency', { target: 'postgres' });

const withMethod = (method: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) =>
  importing(experiment({ method, ...more }));

const notes = ({ notes: all }: ReturnType<typeof importing>): string => all.join('\n');
const questions = (result: ReturnType<typeof importing>): string =>
  result.decisions.map(({ path, question }) => `${path.join('.')}: ${question}`).join('\n');

describe('the pauses of a method', () => {
  it('say how long its faults last, from the first of them on', () => {
    const probe = { ...httpProbe(), pauses: { before: 30, after: 60 } };
    const result = withMethod([pausing(90), probe]);
    expect(definitionIn(result).stages).toEqual([{ share: '100%', duration: '3m' }]);
    expect(fieldAt(result, 'method.0.pauses.after')).toMatchObject({ outcome: 'approximated' });
    expect(notes(result)).not.toMatch(/does not pause/);
  });

  it('say how long the probes look before, where they come before the first fault', () => {
    const result = withMethod([{ ...pausing(90), pauses: { before: 600 } }]);
    expect(definitionIn(result)).toMatchObject({ baseline: '10m', stages: [{ duration: '3m' }] });
    expect(fieldAt(result, 'method.0.pauses.before').to).toMatch(/baseline/);
  });

  it('say nothing once the fault has been taken away', () => {
    const result = withMethod([pausing(90), pausing(300, remove)]);
    expect(definitionIn(result).stages).toEqual([{ share: '100%', duration: '90s' }]);
    expect(fieldAt(result, 'method.1.pauses.after')).toMatchObject({ outcome: 'refused' });
  });

  it('are at least a minute, and at most 12 hours', () => {
    expect(definitionIn(withMethod([pausing(5)])).stages).toEqual([{ share: '100%', duration: '1m' }]);
    expect(notes(withMethod([pausing(5)]))).toMatch(/longer than the method pauses/);
    expect(definitionIn(withMethod([pausing(1e6)])).stages).toEqual([{ share: '100%', duration: '12h' }]);
    expect(notes(withMethod([pausing(1e6)]))).toMatch(/the longest that FIS allows/);
    expect(definitionIn(withMethod([{ ...addLatency, pauses: { before: 1e6 } }])).baseline).toBe('1h');
  });

  it('may be put in, and are refused where they are none', () => {
    const document = { configuration: { wait: 120 }, method: [pausing(placeholder('wait'))] };
    expect(definitionIn(importing(experiment(document))).stages).toEqual([{ share: '100%', duration: '2m' }]);
    for (const pause of [-1, 'soon', null])
      expect(fieldAt(withMethod([pausing(pause)]), 'method.0.pauses.after').outcome).toBe('refused');
    expect(fieldAt(withMethod([{ ...addLatency, pauses: 3 }]), 'method.0.pauses').outcome).toBe('refused');
  });

  it('are three minutes where there are none', () => {
    const result = withMethod([addLatency]);
    expect(definitionIn(result).stages).toEqual([{ share: '100%', duration: '3m' }]);
    expect(notes(result)).toMatch(/looks once, right after it; here the fault lasts three minutes/);
  });
});

describe('several actions', () => {
  it('are faults that are in at once, which is asked about', () => {
    const result = withMethod([addLatency, addLatency, stop]);
    expect(Object.keys(definitionIn(result).faults)).toEqual([
      'add-latency',
      'add-latency-2',
      'stop-random-tasks',
    ]);
    expect(definitionIn(result).stages).toEqual([{ share: '50%', duration: '3m' }]);
    expect(questions(result)).toMatch(/^faults: whether its faults are meant to be in at once/m);
    expect(questions(result)).toMatch(/^stages\.0\.share: how much the faults hit/m);
  });

  it('of which one comes once another is gone should be experiments of their own', () => {
    const result = withMethod([addLatency, remove, stop]);
    expect(questions(result)).toMatch(/^faults\.stop-random-tasks: it came once other faults were gone/m);
  });

  it('one of which nothing is taken over of leave the others', () => {
    const result = withMethod([python('somebody.actions', 'break_it'), addLatency]);
    expect(Object.keys(definitionIn(result).faults)).toEqual(['add-latency']);
    expect(fieldAt(result, 'method.0.name').outcome).toBe('refused');
  });
});

describe('an activity of the method', () => {
  it('that is a probe only records, and its tolerance judges nothing', () => {
    const { tolerance: _, ...recording } = httpProbe();
    const result = withMethod([addLatency, recording, httpProbe()]);
    expect(fieldAt(result, 'method.1.name').why).toMatch(/only recorded/);
    expect(fieldAt(result, 'method.2.tolerance').why).toMatch(/does not heed the tolerance/);
    expect(notes(result)).toMatch(/a tolerance in the method judges nothing/);
    expect(Object.keys(definitionIn(result).steadyState)).toEqual(['products-come']);
  });

  it.each([
    [
      'a program',
      { type: 'process', path: 'tc', arguments: 'qdisc add' },
      /programs of the source are never run/,
    ],
    ['a request', { type: 'http', url: 'https://shop/break' }, /hosts of the source are never asked/],
    ['a function without a name', { type: 'python', module: 'm' }, /names no module and func/],
    ['something else', { type: 'carrier-pigeon' }, /no provider that Chaos Toolkit knows/],
    ['nothing', undefined, /no provider that Chaos Toolkit knows/],
  ])('that is %s is refused', (_what, provider, why) => {
    const result = withMethod([{ type: 'action', name: 'a', provider }, addLatency]);
    expect(fieldAt(result, 'method.0.name').why).toMatch(why);
    expect(fieldAt(result, 'method.0.name').outcome).toBe('refused');
  });

  it('is the one that its reference names', () => {
    const hypothesis = { title: 't', probes: [httpProbe()] };
    const result = withMethod(
      [{ ref: 'products-come' }, addLatency, { ref: 'add-latency' }, { ref: 'nobody' }],
      {
        'steady-state-hypothesis': hypothesis,
      },
    );
    expect(Object.keys(definitionIn(result).faults)).toEqual(['add-latency', 'add-latency-2']);
    expect(fieldAt(result, 'method.2.ref').outcome).toBe('mapped');
    expect(fieldAt(result, 'method.3.ref').why).toMatch(/Chaos Toolkit fails there/);
    expect(fieldAt(result, 'method.0.ref').why).toMatch(/does not heed the tolerance/);
    expect(fieldAt(result, 'steady-state-hypothesis.probes.0.tolerance').outcome).toBe('mapped');
    expect(notes(result)).not.toMatch(/a tolerance in the method/);
  });

  it('has what belongs to the tool alone named', () => {
    const action = {
      ...addLatency,
      background: true,
      timeout: 3,
      dry: 'actions',
      secrets: ['s'],
      configuration: { a: 1 },
      controls: [{ name: 'c' }],
      tolerance: 1,
    };
    const result = withMethod([action]);
    expect(fieldAt(result, 'method.0.background').outcome).toBe('approximated');
    for (const field of ['timeout', 'dry', 'secrets.0', 'configuration.a', 'controls.0.name', 'tolerance'])
      expect(fieldAt(result, `method.0.${field}`).outcome).toBe('refused');
    expect(fieldAt(result, 'method.0.timeout').why).toMatch(/does not heed the time-out/);
  });
});

describe("a request to Toxiproxy's own API", () => {
  const api = (method: string, path: string, args?: object) => ({
    type: 'action',
    name: 'toxic',
    provider: {
      type: 'http',
      url: `http://toxiproxy:8474${path}`,
      method,
      headers: {},
      ...(args === undefined ? {} : { arguments: args }),
    },
  });
  const latency = {
    name: 'slow',
    type: 'latency',
    stream: 'downstream',
    toxicity: 1,
    attributes: { latency: 1000, jitter: 5 },
  };

  it('becomes the fault that it makes, and is never sent', () => {
    const add = api('POST', '/proxies/postgres/toxics', latency);
    expect(faultOf(add).fault).toEqual({
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '1s', jitter: '5ms', to: ['database'] },
    });
    const result = acting(add);
    expect(fieldAt(result, 'method.0.provider.url').outcome).toBe('approximated');
    expect(fieldAt(result, 'method.0.provider.arguments.type').outcome).toBe('mapped');
    expect(fieldAt(result, 'method.0.provider.arguments.attributes.latency').outcome).toBe('mapped');
    expect(JSON.stringify(definitionIn(result))).not.toContain('toxiproxy');
    const cut = api('POST', '/proxies/postgres', { enabled: false });
    expect(faultOf(cut).fault).toMatchObject({ action: 'aws:ecs:task-network-blackhole-port' });
  });

  it('that takes it away again is the end of the fault', () => {
    const added = api('POST', '/proxies/postgres/toxics', latency);
    for (const undo of [
      api('DELETE', '/proxies/postgres/toxics/slow'),
      api('PATCH', '/proxies/postgres', { enabled: true }),
    ]) {
      const result = acting(added, {}, { rollbacks: [undo] });
      expect(definitionIn(result)).not.toHaveProperty('rollbacks');
      expect(fieldAt(result, 'rollbacks.0.provider.method').outcome).toBe('mapped');
    }
  });

  it('that makes no fault is refused', () => {
    for (const other of [
      api('GET', '/proxies/postgres'),
      api('POST', '/proxies/postgres', { listen: 'x' }),
      api('POST', '/proxies/kafka/toxics', latency),
    ]) {
      const result = withMethod([other, addLatency]);
      expect(fieldAt(result, 'method.0.provider.url').outcome).toBe('refused');
    }
  });
});
