import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import type { FaultDefinition } from '../../lib/experiment/fault.ts';
import { matching } from '../fakes/matching.ts';
import { environmentTarget, labTarget, planOf, problemsIn, shopLab, slowDatabase } from './examples.ts';

const addToxic: FaultDefinition & { action: 'lab:add-toxic' } = {
  action: 'lab:add-toxic',
  selector: { service: 'shop' },
  parameters: { to: ['database'], name: 'slow-database', type: 'latency', delay: '300ms' },
};
const restart: FaultDefinition = { action: 'aws:ecs:stop-task', selector: { service: 'control' } };
const delay: FaultDefinition = {
  action: 'aws:ecs:task-network-latency',
  selector: { service: 'shop' },
  parameters: { delay: '1s' },
};

const { environments: _, ...rehearsalOnly } = slowDatabase;
const rehearsed = (faults: Record<string, FaultDefinition>): ExperimentDefinition => ({
  ...rehearsalOnly,
  steadyState: { ...slowDatabase.steadyState },
  stages: [{ share: '100%', duration: '2m' }],
  guards: [],
  faults,
});
const controlled = labTarget({
  ...shopLab,
  services: { ...shopLab.services, control: { proxyControl: {} } },
});

describe('a fault of a lab', () => {
  it('is put in place before the other faults of its stage begin, and held for as long as the stage lasts', () => {
    const [template] = planOf(rehearsed({ restart, slow: addToxic }), controlled).templates;
    expect(template?.actions).toEqual({
      slow: {
        actionId: 'lab:add-toxic',
        targets: { Replicas: 'slow' },
        parameters: { to: 'database', name: 'slow-database', type: 'latency', delayMilliseconds: '300' },
      },
      restart: {
        actionId: 'aws:ecs:stop-task',
        targets: { Tasks: 'restart' },
        parameters: {},
        startAfter: ['slow'],
      },
      'steadfast-hold': { actionId: 'aws:fis:wait', parameters: { duration: 'PT3.6S' } },
    });
    expect(template?.targets).toMatchObject({
      slow: { resourceType: 'aws:ecs:task', resourceTags: { Service: 'shop', Env: 'shop' } },
      restart: { resourceType: 'aws:ecs:task', resourceTags: { Service: 'control', Env: 'shop' } },
    });
  });

  it('is told with its fidelity, and touches the services that it names', () => {
    const { input } = planOf(rehearsed({ slow: addToxic, delay }), controlled);
    expect(input.stages[0]?.faults).toMatchObject([
      { name: 'slow', action: 'lab:add-toxic', fidelity: 'same' },
      { name: 'delay', fidelity: matching(/^approximate/) },
    ]);
    expect(input.touches).toEqual(['database', 'shop']);
  });

  it('needs a control of the proxy, and a link', () => {
    expect(problemsIn(rehearsed({ slow: addToxic }), labTarget())).toEqual([
      'no-proxy-control faults.slow.action',
    ]);
    const parameters = { ...addToxic.parameters, to: ['shop'] };
    expect(problemsIn(rehearsed({ slow: { ...addToxic, parameters } }), controlled)).toEqual([
      'no-link faults.slow.parameters.to.0',
    ]);
  });

  it('is planned for no environment', () => {
    expect(problemsIn(rehearsed({ slow: addToxic }), environmentTarget())).toContain(
      'rehearsal-only faults.slow.action',
    );
  });
});
