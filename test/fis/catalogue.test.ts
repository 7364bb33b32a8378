import { describe, expect, it } from 'vitest';
import { type ActionId, actionIds, catalogue } from '../../lib/fis/catalogue.ts';

const keysOf = (id: ActionId) => Object.keys(catalogue[id].parameters.shape);

describe.each(actionIds)('the action %s', (id) => {
  const action = catalogue[id];

  it('is found under its own id', () => {
    expect(action.id).toBe(id);
  });

  it('has an FIS name for every parameter of a definition, and for no other', () => {
    expect(Object.keys(action.fisParameters).toSorted()).toEqual(keysOf(id).toSorted());
  });

  it('says why wherever a permission cannot be confined to the environment', () => {
    for (const { confinedBy } of action.permissions)
      if (typeof confinedBy !== 'string') expect(confinedBy.none).not.toBe('');
  });

  it('says how its rehearsal differs, what it leaves behind and where the facts are from', () => {
    expect(action.rehearsal.fidelity === 'same' || Object.keys(action.rehearsal).length === 2).toBe(true);
    expect(action.leavesBehind).not.toBe('');
    expect(action.source).not.toBe('');
  });
});

describe('the parameters of task-network-latency', () => {
  const { parameters } = catalogue['aws:ecs:task-network-latency'];

  it('are read as quantities', () => {
    expect(parameters.parse({ delay: '500ms', jitter: '0ms', to: ['database'], flows: '10%' })).toEqual({
      delay: { ms: 500, text: '500ms' },
      jitter: { ms: 0, text: '0ms' },
      to: ['database'],
      flows: { ratio: 0.1, text: '10%' },
    });
  });

  it.each([{ delay: 500 }, { to: [] }, { to: [''] }, { flows: '101%' }, { latency: '1s' }])(
    'are not %j',
    (value) => {
      expect(parameters.safeParse(value).success).toBe(false);
    },
  );
});
