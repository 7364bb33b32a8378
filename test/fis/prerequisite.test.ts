import { describe, expect, it } from 'vitest';
import { actions, findAction } from '../../lib/fis/catalogue.ts';
import { functionPrerequisites, prerequisitesWith, taskPrerequisites } from '../../lib/fis/prerequisite.ts';

describe('the prerequisites of actions', () => {
  it('are given for everything that runs a script in a task, the sidecar first of all', () => {
    const inTasks = actions.filter(({ id }) => id.startsWith('aws:ecs:task-'));
    expect(inTasks).toHaveLength(6);
    for (const { id } of inTasks) {
      const given = findAction(id)?.prerequisites;
      for (const one of ['propagated-tags', 'ssm-sidecar', 'registered-task', 'ecs-exec-off'])
        expect(given, id).toContain(one);
    }
  });

  it('are of the kind of resource that the action acts on', () => {
    const kinds: Readonly<Record<string, readonly string[]>> = {
      'aws:ecs:task': taskPrerequisites,
      'aws:lambda:function': functionPrerequisites,
    };
    const given = actions.map(({ id }) => findAction(id)).filter((one) => one?.prerequisites !== undefined);
    expect(given.length).toBeGreaterThanOrEqual(10);
    for (const action of given) {
      const known = kinds[action?.target?.resourceType ?? ''] ?? [];
      for (const one of action?.prerequisites ?? []) expect(known, action?.id).toContain(one);
    }
  });

  it.each([
    ['aws:ecs:task-network-latency', 'fault-injection-enabled', { useEcsFaultInjectionEndpoints: 'true' }],
    ['aws:lambda:invocation-error', 'poll-wait', { preventExecution: 'true' }],
  ])('of %s hold %s only where a parameter asks for it', (id, prerequisite, parameters) => {
    const given = findAction(id)?.prerequisites ?? [];
    expect(given).toContain(prerequisite);
    expect(prerequisitesWith(given, parameters)).toEqual(given);
    expect(prerequisitesWith(given, {})).toEqual(given.filter((one) => one !== prerequisite));
    const [name = ''] = Object.keys(parameters);
    expect(prerequisitesWith(given, { [name]: 'false' })).not.toContain(prerequisite);
  });
});
