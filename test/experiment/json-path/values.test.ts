import { expect, it } from 'vitest';
import { findAt } from '../../../lib/experiment/json-path/json-path.ts';
import type { Json } from '../../../lib/experiment/json-path/values.ts';

/** Which of the values are as `like` is, or how `sign` says. */
const found = (values: readonly Json[], like: Json, sign = '=='): Json[] =>
  findAt({ values: values.map((of) => ({ of })), like }, `$.values[?@.of ${sign} $.like].of`);

it('lists are equal where all their items are, in their order', () => {
  const lists = [[1, 2], [2, 1], [1], [1, [2]], { 0: 1, 1: 2 }, 1];
  expect(found(lists, [1, 2])).toEqual([[1, 2]]);
  expect(found(lists, [1, [2]])).toEqual([[1, [2]]]);
  expect(found(lists, [1, 2], '!=')).toHaveLength(5);
});

it('maps are equal where all their keys are, in whatever order', () => {
  const maps = [{ b: [2], a: 1 }, { a: 1 }, { a: 1, b: [3] }, { a: 1, c: [2] }, [1], null];
  expect(found(maps, { a: 1, b: [2] })).toEqual([{ b: [2], a: 1 }]);
  expect(found(maps, { a: 1 })).toEqual([{ a: 1 }]);
});

it('lists and maps have no order, but are as much as their equals', () => {
  expect(found([[1], [2]], [1], '<')).toEqual([]);
  expect(found([[1], [2]], [1], '<=')).toEqual([[1]]);
  expect(found([{ a: 1 }, { a: 2 }], { a: 1 }, '>=')).toEqual([{ a: 1 }]);
});
