import { expect, it } from 'vitest';
import { playsZone } from '../../lib/plan/zone-names.ts';

it.each([
  ['a', 'a', true],
  ['a', 'eu-west-1a', true],
  ['b', 'eu-west-1a', false],
  ['a', 'us-gov-west-1a', true],
  ['a', 'us-west-2-lax-1a', true],
  ['eu-west-1a', 'eu-west-1a', true],
  ['eu-west-1a', 'us-east-1a', false],
  // The same id is another letter in each account.
  ['a', 'euw1-az1', false],
  ['euw1-az1', 'euw1-az1', true],
  ['a', 'banana', false],
])("a lab's zone %s plays %s: %s", (zone, named, plays) => {
  expect(playsZone(zone, named)).toBe(plays);
});
