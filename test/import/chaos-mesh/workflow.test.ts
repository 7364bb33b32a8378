import { describe, expect, it } from 'vitest';
import { environmentTarget } from '../../plan/examples.ts';
import { definitionOf, fieldsOf, imported, project, refusedOf, staging } from './examples.ts';
import { definitionsOf } from './told.ts';
import { beside, fail, kill, look, row, selector, wait, workflow } from './workflows.ts';

describe('steps that ramp one fault up', () => {
  const text = workflow(
    row('all', 'first', 'rest', 'second', 'third'),
    kill('first', '10'),
    wait('rest', '3m'),
    kill('second', '50'),
    kill('third', '100'),
  );

  it('are the stages of one experiment, and what lies between is a soak', () => {
    expect(definitionOf(text)).toMatchObject({
      id: 'rollout',
      faults: { delete: { action: 'aws:eks:pod-delete' } },
      stages: [
        { share: '10%', duration: '2m', soak: '3m' },
        { share: '50%', duration: '2m' },
        { share: '100%', duration: '2m' },
      ],
    });
  });

  it('are accounted for, each by its stage', () => {
    const fields = fieldsOf(text);
    expect(fields['spec.templates.2.deadline']).toMatchObject({
      outcome: 'mapped',
      to: 'rollout: stages[0].soak',
    });
    expect(fields['spec.templates.4.podChaos.value']).toMatchObject({
      outcome: 'mapped',
      to: 'rollout: stages[2].share',
    });
    expect(fields['spec.templates.4.deadline']).toMatchObject({
      outcome: 'approximated',
      to: 'rollout: stages[2].duration',
    });
    expect(fields['spec.templates.0.deadline']).toMatchObject({ outcome: 'approximated' });
    expect(fields['spec.entry']).toMatchObject({ outcome: 'mapped' });
  });

  it('soak no longer than a soak may, and not at all before the first and after the last', () => {
    const long = workflow(
      row('all', 'w1', 'a', 'w2', 'b', 'w3'),
      wait('w1'),
      kill('a', '10'),
      wait('w2', '9h'),
      kill('b', '50'),
      wait('w3'),
    );
    expect(definitionOf(long).stages).toEqual([
      { share: '10%', duration: '2m', soak: '4h' },
      { share: '50%', duration: '2m' },
    ]);
    const fields = fieldsOf(long);
    expect(fields['spec.templates.1.deadline']).toMatchObject({ outcome: 'approximated', to: 'baseline' });
    expect(fields['spec.templates.3.deadline']).toMatchObject({
      outcome: 'approximated',
      to: 'rollout: stages[0].soak',
    });
    expect(fields['spec.templates.5.deadline']).toMatchObject({
      outcome: 'approximated',
      to: 'rollout: recovery',
    });
  });

  it('may come in rows within rows', () => {
    const nested = workflow(row('all', 'a', 'inner'), kill('a', '10'), row('inner', 'b'), kill('b', '50'));
    expect(definitionOf(nested).stages).toHaveLength(2);
  });
});

describe('steps that do different things', () => {
  it('are experiments of their own', () => {
    const { definitions, notes } = imported(
      workflow(row('all', 'a', 'w', 'b'), kill('a', '50'), wait('w'), fail('b')),
    );
    expect(definitions.map(({ definition }) => definition)).toMatchObject([
      { id: 'rollout-a', faults: { delete: {} }, stages: [{ share: '50%', duration: '2m' }] },
      {
        id: 'rollout-b',
        faults: { fail: { parameters: { spec: { duration: '3m' } } } },
        stages: [{ duration: '3m' }],
      },
    ]);
    expect(notes.join()).toContain('rollout-b: FIS hands the manifest');
  });

  it('are so too where Chaos Mesh does the same twice, since a manifest says by itself how many pods it hits', () => {
    const ids = definitionsOf(imported(workflow(row('all', 'a', 'a'), fail('a')))).map(({ id }) => id);
    expect(ids).toEqual(['rollout-a', 'rollout-a-2']);
  });
});

describe('steps at once', () => {
  const cpu = (name: string, mode = 'all', deadline = '2m') => ({
    name,
    templateType: 'StressChaos',
    deadline,
    stressChaos: { mode, selector, stressors: { cpu: { workers: 1 } } },
  });
  const late = (name: string, deadline = '2m') => ({
    name,
    templateType: 'NetworkChaos',
    deadline,
    networkChaos: { mode: 'all', selector, action: 'delay', delay: { latency: '100ms' } },
  });

  it("are faults of one stage, by FIS's actions where all pods are hit for as long", () => {
    expect(definitionOf(workflow(beside('all', 'a', 'b'), cpu('a'), late('b')))).toMatchObject({
      id: 'rollout',
      faults: {
        stress1: { action: 'aws:eks:pod-cpu-stress' },
        delay2: { action: 'aws:eks:pod-network-latency' },
      },
      stages: [{ share: '100%', duration: '2m' }],
    });
  });

  it.each([
    ['last longer than each other', cpu('a', 'all', '5m')],
    ['hit some of the pods, which FIS would draw anew', cpu('a', 'one')],
    ['are nothing that FIS does', fail('a')],
  ])('are manifests where they %s', (_, other) => {
    const text = workflow(beside('all', 'a', 'b'), other, late('b'));
    const { faults, stages } = definitionOf(text);
    expect(Object.values(faults).map(({ action }) => action)).toEqual([
      'aws:eks:inject-kubernetes-custom-resource',
      'aws:eks:inject-kubernetes-custom-resource',
    ]);
    expect(stages).toEqual([{ share: '100%', duration: other.deadline }]);
  });

  it('say why they are manifests though FIS could do each', () => {
    const [note] = imported(
      workflow(beside('all', 'a', 'b'), cpu('a', 'one'), {
        ...late('b'),
        networkChaos: { ...late('b').networkChaos, mode: 'one' },
      }),
    ).notes;
    expect(note).toContain('all of it is to hit the same pods at once');
  });

  it('must be in one environment', () => {
    const sandbox = environmentTarget({
      ...staging,
      id: 'sandbox',
      services: { search: { eks: { ...staging.services.search.eks, namespace: 'sandbox' } } },
    });
    const there = {
      ...cpu('a'),
      stressChaos: {
        ...cpu('a').stressChaos,
        selector: { namespaces: ['sandbox'], labelSelectors: { app: 'search' } },
      },
    };
    const text = workflow(beside('all', 'a', 'b'), there, late('b'));
    const environments = [...project.environments, sandbox];
    expect(refusedOf(text, { project: { ...project, environments } })).toEqual(['which-environment spec']);
  });
});

describe('a check', () => {
  it('is the steady state of every experiment of its workflow', () => {
    const definitions = definitionsOf(
      imported(
        workflow(
          row('all', 'a', 'both'),
          kill('a', '50'),
          beside('both', 'b', 'health'),
          fail('b'),
          look('health'),
        ),
      ),
    );
    expect(definitions).toHaveLength(2);
    for (const definition of definitions)
      expect(definition.steadyState).toMatchObject({
        health: { http: { service: 'checkout-service', path: '/health' } },
      });
  });

  it('ends the fault when it fails, as every tolerance does', () => {
    const fields = fieldsOf(workflow(row('all', 'health', 'a'), look('health'), kill('a', '50')));
    expect(fields['spec.templates.1.abortWithStatusCheck']).toMatchObject({ outcome: 'mapped' });
  });
});
