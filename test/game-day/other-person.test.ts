import { describe, expect, it } from 'vitest';
import type { Actor } from '../../lib/game-day/actor.ts';
import { maySame } from '../../lib/game-day/other-person.ts';

const session = (role: string, name: string): Actor => ({
  proof: 'iam',
  role: 'operator',
  principal: `arn:aws:sts::111111111111:assumed-role/${role}/${name}`,
});
const user = (name: string): Actor => ({
  proof: 'iam',
  role: 'observer',
  principal: `arn:aws:iam::111111111111:user/teams/${name}`,
});
const inRole = (role: 'operator' | 'observer', claimed = ''): Actor => ({ proof: 'role', role, claimed });

describe('of people whom IAM names', () => {
  it.each([
    ['the same session', session('ops', 'ann'), session('ops', 'ann'), true],
    [
      'sessions of one name in two roles, as single sign-on makes them',
      session('AWSReservedSSO_Operators_0a', 'ann@example.com'),
      session('AWSReservedSSO_Observers_0b', 'Ann@example.com'),
      true,
    ],
    ['a user, and a session of their name', user('ann'), session('ops', 'ann'), true],
    ['sessions of two names in one role', session('ops', 'ann'), session('ops', 'bob'), false],
    ['two users', user('ann'), user('bob'), false],
  ])('%s may be the same person: %#', (_, one, other, expected) => {
    expect(maySame(one, other, {})).toBe(expected);
    expect(maySame(other, one, {})).toBe(expected);
  });
});

describe('of people whose role alone is known', () => {
  const apart = {
    operator: ['arn:aws:iam::111111111111:role/ops'],
    observer: ['arn:aws:iam::111111111111:role/observers'],
  };

  it('takes two in one role for the same, whatever names they claim', () => {
    expect(maySame(inRole('operator', 'ann'), inRole('operator', 'bob'), apart)).toBe(true);
  });

  it('takes two in different roles for two where nobody is in both', () => {
    expect(maySame(inRole('operator'), inRole('observer'), apart)).toBe(false);
    for (const observer of [apart.operator, ['arn:aws:iam::111111111111:role/o*']])
      expect(maySame(inRole('operator'), inRole('observer'), { ...apart, observer })).toBe(true);
  });
});
