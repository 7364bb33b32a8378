import { describe, expect, it } from 'vitest';
import { readSelection } from '../../../lib/cdk/template/selection.ts';

const unknown = { atLeast: undefined, maximum: undefined };
const path = ['targets', 'tasks', 'select'];

const modeOf = (selection: unknown, matching: Parameters<typeof readSelection>[2] = unknown) => {
  const read = readSelection(selection, path, matching);
  return 'mode' in read ? read.mode : read.problem;
};

describe('a selection of targets', () => {
  it.each<[unknown, number | undefined, string]>([
    ['all', undefined, 'ALL'],
    ['one', undefined, 'COUNT(1)'],
    [{ count: 3 }, undefined, 'COUNT(3)'],
    [{ count: 3 }, 3, 'COUNT(3)'],
    ['100%', undefined, 'ALL'],
    [{ percent: 100 }, undefined, 'ALL'],
    ['50%', 2, 'PERCENT(50)'],
    [{ percent: 30 }, 4, 'PERCENT(30)'],
  ])('%j of at least %s is %s to FIS', (selection, atLeast, mode) => {
    expect(modeOf(selection, { atLeast, maximum: 5 })).toBe(mode);
  });

  it.each<[unknown, string]>([
    ['some', "'some' is no selection"],
    ['101%', "'101%' is no selection"],
    [7, '7 is no selection'],
    [null, 'null is no selection'],
    [{}, '{} is no selection'],
    [{ count: '3' }, `{"count":"3"} is no selection`],
    [{ percent: '30' }, `{"percent":"30"} is no selection`],
    [{ count: 0 }, '0 is no number of resources'],
    [{ count: 1.5 }, '1.5 is no number of resources'],
    [{ percent: 0 }, '0% is no share that FIS takes'],
    [{ percent: 120 }, '120% is no share that FIS takes'],
    ['12.5%', '12.5% is no share that FIS takes'],
  ])('%j is refused', (selection, message) => {
    expect(modeOf(selection)).toMatchObject({ code: 'selection', path, message });
  });

  it('asks for no more than FIS lets an action hit, nor than are sure to match', () => {
    expect(modeOf({ count: 6 }, { atLeast: 9, maximum: 5 })).toMatchObject({
      code: 'too-many-targets',
      hint: 'write 5 or fewer',
    });
    expect(modeOf({ count: 4 }, { atLeast: 3, maximum: 5 })).toMatchObject({
      code: 'too-few-targets',
      hint: "write 3 or fewer, or 'all'",
    });
  });

  it.each([
    [undefined, 'how many match is not known'],
    [3, 'only 3 are sure to match'],
  ])('is no share that FIS would round down to nothing, of at least %s', (atLeast, found) => {
    expect(modeOf('30%', { atLeast, maximum: undefined })).toMatchObject({
      code: 'rounds-to-nothing',
      message: `30% of fewer than 4 resources is less than one: FIS rounds it down to nothing and fails, and ${found}`,
    });
  });
});
