import { describe, expect, it } from 'vitest';
import { findLabFault, labFaults } from '../../../lib/experiment/lab-faults/lab-faults.ts';
import { awsApis } from '../../../lib/experiment/lab-place.ts';
import { actions, findAction } from '../../../lib/fis/catalogue.ts';
import { actionHandlers } from '../../../lib/lab/fis/action-handlers.ts';
import { typesPlayedBy } from '../../../lib/plan/lab-resource-types.ts';

const all = [...actions, ...labFaults];

describe('every action of the catalogue and fault of a lab', () => {
  it.each(all.map(({ id, rehearsal }) => [id, rehearsal] as const))(
    '%s has a stand-in, or a reason why not',
    (id, rehearsal) => {
      expect(actionHandlers.has(id)).toBe(rehearsal.fidelity !== 'not rehearsable');
    },
  );

  it.each(all.map(({ id, rehearsal }) => [id, rehearsal] as const))(
    '%s says in a sentence what differs, or why',
    (_id, rehearsal) => {
      const said =
        'differs' in rehearsal ? rehearsal.differs : 'why' in rehearsal ? rehearsal.why : undefined;
      // A sentence without a full stop, as the report puts it behind a colon.
      if (said !== undefined) expect(said).toMatch(/^(?:[a-z]|[A-Z]{2})[^\n]{20,}[^.\s]$/);
      expect(said === undefined).toBe(rehearsal.fidelity === 'same');
    },
  );

  it('are all that there are stand-ins for', () => {
    const unknown = [...actionHandlers.keys()].filter(
      (id) => findAction(id) === undefined && findLabFault(id) === undefined,
    );
    expect(unknown).toEqual([]);
  });

  it('act on something that a lab can play, where they have a stand-in', () => {
    const played = new Set(
      (['command', 'postgres', 'proxyControl', 'url', 'network'] as const).flatMap((kind) =>
        typesPlayedBy({ kind, apis: awsApis }),
      ),
    );
    const homeless = all.filter(
      ({ id, ...action }) =>
        actionHandlers.has(id) && 'target' in action && !played.has(action.target.resourceType),
    );
    expect(homeless.map(({ id }) => id)).toEqual([]);
  });
});
