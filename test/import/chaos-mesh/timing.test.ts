import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { withFields } from '../../fakes/matching.ts';
import { definitionOf, fieldsOf, imported, manifest, refusedOf } from './examples.ts';

const spec = {
  action: 'pod-kill',
  mode: 'one',
  duration: '5m',
  selector: { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } },
};

const schedule = (more: object, annotations?: object) =>
  stringify({
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'Schedule',
    metadata: { name: 'weekly', ...(annotations === undefined ? {} : { annotations }) },
    spec: { schedule: '0 2 * * 3', type: 'PodChaos', podChaos: spec, ...more },
  });

const paused = { 'experiment.chaos-mesh.org/pause': 'true' };
const holdsAt = (path: readonly string[]) => withFields({ definition: 'weekly', path });
const zone = { definition: 'weekly', path: ['environments', 'staging', 'timeZone'] };

describe('a Schedule', () => {
  it('starts its fault by the clock of a zone that a person has to name', () => {
    const text = schedule({});
    expect(definitionOf(text)).toMatchObject({
      id: 'weekly',
      faults: { delete: { action: 'aws:eks:pod-delete' } },
      environments: { staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'UTC' } },
    });
    expect(imported(text).decisions).toContainEqual(withFields(zone));
    expect(imported(text).definitions[0]?.text).toContain('# decide: whose clock is meant?');
  });

  it('asks for no zone where it names one, or needs none', () => {
    const named = schedule({ schedule: 'TZ=Europe/Dublin 0 2 * * 3' });
    expect(definitionOf(named).environments).toEqual({
      staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'Europe/Dublin' },
    });
    for (const text of [named, schedule({ schedule: '@every 6h' })])
      expect(imported(text).decisions).not.toContainEqual(withFields(zone));
  });

  it('asks whether it has to be so often where a run lasts longer', () => {
    const often = holdsAt(['environments', 'staging', 'schedule']);
    expect(imported(schedule({ schedule: '@every 5m' })).decisions).toContainEqual(often);
    expect(imported(schedule({ schedule: '@every 6m' })).decisions).not.toContainEqual(often);
  });

  it('says what is nearly the same', () => {
    const text = schedule({
      schedule: '30 0 2 * * 3',
      historyLimit: 5,
      startingDeadlineSeconds: 60,
      concurrencyPolicy: 'Allow',
    });
    const fields = fieldsOf(text);
    expect(fields['spec.schedule']).toMatchObject({ outcome: 'approximated' });
    expect(fields['spec.historyLimit']).toMatchObject({ outcome: 'refused' });
    expect(fields['spec.startingDeadlineSeconds']).toMatchObject({ outcome: 'approximated' });
    expect(fields['spec.concurrencyPolicy']).toMatchObject({ outcome: 'approximated' });
    expect(fieldsOf(schedule({ concurrencyPolicy: 'Forbid' }))['spec.concurrencyPolicy']).toMatchObject({
      outcome: 'mapped',
    });
  });

  it('that is paused starts nothing until somebody writes when', () => {
    const text = schedule({}, paused);
    expect(definitionOf(text).environments).toEqual({ staging: {} });
    expect(imported(text).decisions).toContainEqual({
      definition: 'weekly',
      path: ['environments', 'staging'],
      question:
        "the source is paused: write schedule: 'cron(0 2 ? * WED *)' here once it is to start by itself",
    });
    const fields = fieldsOf(text);
    expect(fields['spec.schedule']).toMatchObject({ outcome: 'approximated' });
    expect(fields['metadata.annotations.experiment.chaos-mesh.org/pause']).toMatchObject({
      outcome: 'approximated',
    });
  });

  it.each<[string, object, string]>([
    ['comes too often', { schedule: '*/5 * * * * *' }, 'no-schedule spec.schedule'],
    ['says no time', { schedule: undefined }, 'no-schedule spec.schedule'],
    ['starts nothing that is known', { type: 'JVMChaos' }, 'nothing-scheduled spec.type'],
    ['starts what is not there', { type: 'TimeChaos' }, 'nothing-scheduled spec.type'],
    ['starts a workflow that is not there', { type: 'Workflow' }, 'nothing-scheduled spec.type'],
  ])('is refused that %s', (_, more, refusal) => {
    expect(refusedOf(schedule(more))).toEqual([refusal]);
  });

  it('that is mended names the declared namespace within', () => {
    const podChaos = { ...spec, selector: { ...spec.selector, namespaces: ['production'] } };
    expect(refusedOf(schedule({ podChaos }))).toEqual([
      'foreign-namespace spec.podChaos.selector.namespaces.0',
    ]);
    expect(imported(schedule({ podChaos }), { fix: true }).mended?.after).toBe(schedule({}));
  });
});

describe('a fault that is paused', () => {
  it('is started by hand here, as every one is without a schedule', () => {
    const metadata = { name: 'it', annotations: { ...paused, note: 'x' } };
    const fields = fieldsOf(manifest('PodChaos', { action: 'pod-kill' }, { metadata }));
    expect(fields['metadata.annotations.experiment.chaos-mesh.org/pause']).toMatchObject({
      outcome: 'approximated',
    });
    expect(fields['metadata.annotations.note']).toMatchObject({ outcome: 'refused' });
  });

  it('that says it is not paused says nothing more', () => {
    const metadata = { name: 'it', annotations: { 'experiment.chaos-mesh.org/pause': 'false' } };
    const fields = fieldsOf(manifest('PodChaos', { action: 'pod-kill' }, { metadata }));
    expect(fields['metadata.annotations.experiment.chaos-mesh.org/pause']).toMatchObject({
      outcome: 'refused',
    });
  });
});

describe('the id of a definition', () => {
  it.each([
    [{ name: 'Product Service / 50%' }, 'product-service-50'],
    [{ name: '1-pod' }, 'chaos-1-pod'],
    [{ name: '---' }, 'chaos'],
    [{ generateName: 'nightly-' }, 'nightly'],
    [{}, 'podchaos'],
    [
      { name: 'a-name-that-is-far-longer-than-any-id-may-be-here' },
      'a-name-that-is-far-longer-than-any-id-ma',
    ],
  ])('comes from %o', (metadata, id) => {
    expect(definitionOf(manifest('PodChaos', { action: 'pod-kill' }, { metadata })).id).toBe(id);
  });

  it('is not given twice in a file', () => {
    const text = manifest('PodChaos', { action: 'pod-kill' });
    expect(imported(`${text}\n---\n${text}`).definitions.map(({ definition }) => definition.id)).toEqual([
      'it',
      'it-2',
    ]);
  });
});
