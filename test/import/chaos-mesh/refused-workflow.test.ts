import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { definitionOf, fieldsOf, refusedOf } from './examples.ts';
import { beside, fail, kill, row, wait, workflow } from './workflows.ts';

describe('a workflow is refused', () => {
  it.each<[string, object[], string]>([
    [
      'that runs a container',
      [row('all', 'a', 't'), kill('a', '5'), { name: 't', templateType: 'Task', task: { container: {} } }],
      'no-task spec.templates.2.templateType',
    ],
    [
      'that has a schedule within',
      [
        row('all', 's'),
        { name: 's', templateType: 'Schedule', schedule: { schedule: '@every 1h', type: 'PodChaos' } },
      ],
      'nested-schedule spec.templates.1.templateType',
    ],
    [
      'whose step is of no type',
      [row('all', 'x'), { name: 'x', templateType: 'Dance' }],
      'unknown-step spec.templates.1.templateType',
    ],
    [
      'whose step is empty',
      [row('all', 'x'), { name: 'x', templateType: 'TimeChaos' }],
      'unknown-step spec.templates.1.templateType',
    ],
    [
      'whose check is empty',
      [row('all', 'x'), { name: 'x', templateType: 'StatusCheck' }],
      'unknown-step spec.templates.1.templateType',
    ],
    ['that names a step that is not there', [row('all', 'x')], 'unknown-step spec.templates.0.children.0'],
    ['without its first step', [kill('a', '5')], 'unknown-step spec.entry'],
    [
      'that leads back to itself',
      [row('all', 'inner'), row('inner', 'all')],
      'endless spec.templates.1.children.0',
    ],
    [
      'whose rows are beside each other',
      [beside('all', 'r'), row('r', 'a'), kill('a', '5')],
      'not-at-once spec.templates.0.children.0',
    ],
    [
      'whose steps beside each other are not there',
      [beside('all', 'x')],
      'not-at-once spec.templates.0.children.0',
    ],
    [
      'that waits nobody knows how long',
      [row('all', 'w'), wait('w', 'long')],
      'no-duration spec.templates.1.deadline',
    ],
    ['that waits no time', [row('all', 'w'), wait('w', null)], 'no-duration spec.templates.1.deadline'],
    [
      'whose step is refused',
      [row('all', 'a'), kill('a', '5', { selector: { labelSelectors: { app: 'moon' } } })],
      'not-declared spec.templates.1.podChaos.selector',
    ],
    [
      'that doubles its steps again and again',
      [
        row('all', 'b', 'b'),
        row('b', 'c', 'c'),
        row('c', 'd', 'd'),
        row('d', 'e', 'e'),
        row('e', 'f', 'f'),
        row('f', 'g', 'g'),
        row('g', 'h', 'h'),
        kill('h', '5'),
      ],
      'too-many-steps spec.templates.5.children.0',
    ],
  ])('%s', (_, templates, refusal) => {
    expect(refusedOf(workflow(...templates))).toEqual([refusal]);
  });

  it('that holds nothing but waits', () => {
    expect(refusedOf(workflow(row('all', 'w'), wait('w')))).toEqual(['nothing-to-import ']);
  });

  it('without any templates', () => {
    expect(refusedOf(workflow())).toEqual(['unknown-step spec.entry']);
    expect(
      refusedOf(
        stringify({
          apiVersion: 'chaos-mesh.org/v1alpha1',
          kind: 'Workflow',
          spec: { entry: 5, templates: 7 },
        }),
      ),
    ).toEqual(['unknown-step spec.entry']);
  });

  it('says that a template is used by no step', () => {
    const fields = fieldsOf(workflow(row('all', 'a'), kill('a', '5'), kill('b', '5')));
    expect(fields['spec.templates.2.podChaos.action']).toMatchObject({
      outcome: 'refused',
      why: 'no step uses it',
    });
  });
});

describe('a workflow that is scheduled', () => {
  const scheduled = (...templates: object[]) =>
    stringify({
      apiVersion: 'chaos-mesh.org/v1alpha1',
      kind: 'Schedule',
      metadata: { name: 'nightly', namespace: 'shop-staging' },
      spec: { schedule: '@every 6h', type: 'Workflow', workflow: { entry: 'all', templates } },
    });

  it('is an experiment with a schedule where it is one', () => {
    expect(definitionOf(scheduled(row('all', 'a', 'b'), kill('a', '10'), kill('b', '50')))).toMatchObject({
      id: 'nightly',
      stages: [{ share: '10%' }, { share: '50%' }],
      environments: { staging: { schedule: 'rate(6 hours)' } },
    });
  });

  it('is refused where it is several, which cannot begin at once', () => {
    expect(refusedOf(scheduled(row('all', 'a', 'b'), kill('a', '10'), fail('b')))).toEqual([
      'several-scheduled spec.schedule',
    ]);
  });
});
