import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../lib/experiment/experiment.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { labTarget } from '../../plan/examples.ts';
import {
  acting,
  addLatency,
  definitionIn,
  experiment,
  faultOf,
  fieldAt,
  importing,
  nowhere,
  python,
} from './importing.ts';

const inStaging = { environment: 'staging' };

describe('an action of a driver', () => {
  it('leaves open what check has against it, and nothing else', () => {
    const action = python('chaosaws.ecs.actions', 'stop_random_tasks', { service: 'nobody', task_count: 3 });
    const result = acting(action, inStaging);
    const asked = result.decisions.map(({ path }) => path.join('.'));
    expect(asked).toContain('faults.stop-random-tasks.selector.service');
    expect(asked).toContain('stages.0.share');
    const wrong = problemsOf(experimentSchema.parse(definitionIn(result)), labTarget());
    for (const { path, severity } of wrong) if (severity !== 'note') expect(asked).toContain(path.join('.'));
  });

  it('is refused where no service has anything of the kind', () => {
    const stop = python('chaosaws.ec2.actions', 'stop_instance', { instance_id: 'i-1' });
    for (const action of [
      stop,
      python('chaosk8s.pod.actions', 'terminate_pods'),
      python('chaosk8s.chaosmesh.network.actions', 'add_latency', { latency: '1s' }),
      python('chaosk8s.chaosmesh.network.actions', 'set_loss', { loss: 5 }),
    ]) {
      const result = acting(action, { project: nowhere });
      expect(fieldAt(result, 'method.0.name').why).toMatch(/--map NAME=SERVICE/);
    }
  });

  it('is told by --map what its target is', () => {
    const action = python('chaosnetwork.actions', 'add_latency', { delay: 300, target: 'orders-db' });
    expect(faultOf(action, { map: { 'orders-db': 'database' } }).fault).toMatchObject({
      parameters: { delay: '300ms', to: ['database'] },
    });
    const result = acting(action, { map: { 'orders-db': 'database' } });
    expect(fieldAt(result, 'method.0.provider.arguments.delay')).toMatchObject({ outcome: 'approximated' });
    expect(fieldAt(result, 'method.0.provider.arguments.target')).toMatchObject({ outcome: 'mapped' });
    const proxy = python('chaostoxi.toxic.actions', 'create_latency_toxic', {
      for_proxy: 'orders',
      latency: 5,
    });
    expect(
      fieldAt(acting(proxy, { map: { orders: 'database' } }), 'method.0.provider.arguments.for_proxy')
        .outcome,
    ).toBe('mapped');
  });

  it('hits what a service sends itself where no other uses it', () => {
    const action = python('chaosnetwork.actions', 'add_latency', { delay: '1s', target: 'shop' });
    expect(faultOf(action).fault).toEqual({
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '1s', jitter: '0s' },
    });
    const loss = python('chaosnetwork.actions', 'add_loss', { ratio: 30, target: 'shop' });
    expect(faultOf(loss).fault).toMatchObject({ parameters: { loss: '30%' } });
  });

  it('has arguments named that nobody knows', () => {
    const result = acting(
      python('chaosnetwork.actions', 'add_latency', { delay: '1s', target: 'postgres', colour: 'red' }),
    );
    expect(fieldAt(result, 'method.0.provider.arguments.colour').why).toMatch(
      /not known to have this argument/,
    );
    const none = {
      ...addLatency,
      provider: {
        ...addLatency.provider,
        module: 'chaosaws.ecs.actions',
        func: 'stop_task',
        arguments: {},
        secrets: ['aws'],
        timeout: 5,
      },
    };
    const without = acting(none);
    expect(fieldAt(without, 'method.0.provider.arguments').outcome).toBe('mapped');
    expect(fieldAt(without, 'method.0.provider.secrets.0').outcome).toBe('mapped');
    expect(fieldAt(without, 'method.0.provider.timeout').outcome).toBe('refused');
  });
});

describe('pods in another namespace', () => {
  const kill = python('chaosk8s.pod.actions', 'terminate_pods', {
    label_selector: 'app=shop',
    ns: 'production',
  });

  it('are refused where the environment does not declare it', () => {
    const result = acting(kill, inStaging);
    expect(result.refusals.map(({ code }) => code)).toEqual(['namespace']);
    expect(result.refusals[0]?.path).toEqual(['method', 0, 'provider', 'arguments', 'ns']);
    expect(result.definitions).toEqual([]);
  });

  it('are those of the lab in a rehearsal', () => {
    expect(fieldAt(acting(kill), 'method.0.provider.arguments.ns').outcome).toBe('approximated');
  });
});

describe('what undoes a fault', () => {
  it.each<[fault: ReturnType<typeof python>, undo: ReturnType<typeof python>]>([
    [addLatency, python('chaosnetwork.actions', 'remove_latency', { target: 'postgres' })],
    [
      python('chaosaws.ec2.actions', 'stop_instances', { filters: [] }),
      python('chaosaws.ec2.actions', 'start_instances', { instance_ids: ['i-1'] }),
    ],
    [
      python('chaosaws.awslambda.actions', 'put_function_concurrency', {
        function_name: 'shop',
        concurrent_executions: 0,
      }),
      python('chaosaws.awslambda.actions', 'delete_function_concurrency', { function_name: 'shop' }),
    ],
    [
      python('chaosk8s.chaosmesh.network.actions', 'add_latency', {
        label_selectors: 'app=shop',
        latency: '1s',
      }),
      python('chaosk8s.chaosmesh.network.actions', 'delete_network_fault', { name: 'n' }),
    ],
    [
      python('chaostoxi.toxic.actions', 'create_latency_toxic', { for_proxy: 'postgres', latency: 5 }),
      python('chaostoxi.toxic.actions', 'delete_toxic', { for_proxy: 'postgres', toxic_name: 't' }),
    ],
    [
      python('chaostoxi.proxy.actions', 'disable_proxy', { proxy_name: 'postgres' }),
      python('chaostoxi.proxy.actions', 'enable_proxy', { proxy_name: 'postgres' }),
    ],
  ])('is the end of the fault itself: %j', (fault, undo) => {
    const result = acting(fault, {}, { rollbacks: [undo] });
    expect(definitionIn(result)).not.toHaveProperty('rollbacks');
    for (const { path, outcome } of result.fields)
      if (path[0] === 'rollbacks') expect(outcome).toBe('mapped');
  });

  it('is refused where nothing that it undoes is left', () => {
    const undo = python('chaosaws.ec2.actions', 'start_instances', { instance_ids: ['i-1'] });
    const result = acting(addLatency, {}, { rollbacks: [undo] });
    expect(fieldAt(result, 'rollbacks.0.provider.arguments.instance_ids.0')).toMatchObject({
      outcome: 'refused',
    });
    const inMethod = importing(experiment({ method: [undo, addLatency] }));
    expect(fieldAt(inMethod, 'method.0.name').why).toMatch(/faults end with their stage/);
  });

  it('needs nothing where a lab has it anyway', () => {
    const proxy = python('chaostoxi.proxy.actions', 'create_proxy', {
      proxy_name: 'p',
      upstream_host: 'postgres',
      upstream_port: 5432,
    });
    const stop = python('chaosaws.fis.actions', 'stop_experiment');
    const result = importing(experiment({ method: [proxy, addLatency], rollbacks: [stop] }));
    expect(fieldAt(result, 'method.0.name').outcome).toBe('mapped');
    expect(fieldAt(result, 'rollbacks.0.name').outcome).toBe('mapped');
  });
});
