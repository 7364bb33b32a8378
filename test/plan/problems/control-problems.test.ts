import { expect, it } from 'vitest';
import { controlProblemsOf } from '../../../lib/plan/problems/control-problems.ts';
import { experiment } from '../../steady-state/recorded.ts';

const controlled = (service: string) =>
  experiment({ controls: { search: { http: { service, path: '/search' } } } });

it('a control that a fault hits is refused', () => {
  expect(controlProblemsOf(controlled('shop'))).toMatchObject([
    { code: 'control-in-reach', path: ['controls', 'search', 'http', 'service'] },
  ]);
});

it('a control that no fault hits is fine', () => {
  expect(controlProblemsOf(controlled('search'))).toEqual([]);
});
