import { describe, expect, it } from 'vitest';
import { means, personOfCaller, rolesOf } from '../../lib/game-day/caller.ts';
import { containing } from '../fakes/matching.ts';

const account = '111111111111';
const session = (role: string, name: string, of = account) =>
  `arn:aws:sts::${of}:assumed-role/${role}/${name}`;
const role = (name: string, of = account) => `arn:aws:iam::${of}:role/${name}`;
const user = (name: string) => `arn:aws:iam::${account}:user/${name}`;

describe('a principal of a definition', () => {
  it.each([
    ['a role, by its session', role('ops'), session('ops', 'ann')],
    ['a role with a path, which no session tells', role('teams/shop/ops'), session('ops', 'ann')],
    [
      'a role of IAM Identity Center',
      role('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0a1b'),
      session('AWSReservedSSO_Ops_0a1b', 'ann@example.com'),
    ],
    [
      'the same by a pattern',
      role('aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Ops_*'),
      session('AWSReservedSSO_Ops_0a1b', 'ann@example.com'),
    ],
    ['a user', user('ann'), user('ann')],
    ['a user with a path', user('shop/ann'), user('shop/ann')],
    ['users under a path', user('shop/*'), user('shop/deep/ann')],
    ['every role of an account', role('*'), session('ops', 'ann')],
    ['a role in another case', role('Ops'), session('ops', 'ann')],
  ])('means %s', (_, principal, caller) => {
    expect(means(principal, caller)).toBe(true);
  });

  it.each([
    ['the same name in another account', role('ops'), session('ops', 'ann', '222222222222')],
    [
      'the same name in another partition',
      role('ops'),
      session('ops', 'ann').replace('arn:aws:', 'arn:aws-cn:'),
    ],
    ['a user of the name of a role', role('ops'), user('ops')],
    ['a session of the name of a role', role('ops'), session('dev', 'ops')],
    ['a longer name', role('ops'), session('ops2', 'ann')],
    ['a name that a dot would fit', role('o.s'), session('ops', 'ann')],
    ['a name on another line', role('ops'), session('ops\nx', 'ann')],
    ['any session where only the path would tell', role('teams/shop/*'), session('ops', 'ann')],
    ['users elsewhere', user('shop/*'), user('ann')],
    ['the root user', role('*'), `arn:aws:iam::${account}:root`],
    ['a federated user', user('ann'), `arn:aws:sts::${account}:federated-user/ann`],
    ['a session with something behind it', role('ops'), `${session('ops', 'ann')}/x`],
    ['a session as a principal', session('ops', 'ann'), session('ops', 'bob')],
    ['a role that is no session', role('ops'), role('ops')],
    ['nobody', 'arn:aws:iam', 'arn:aws:iam'],
  ])('does not mean %s', (_, principal, caller) => {
    expect(means(principal, caller)).toBe(false);
  });
});

describe('a caller', () => {
  const input = {
    title: 'Payment goes down',
    principals: {
      operator: [role('ops')],
      observer: [role('dev'), role('ops')],
      onCall: [],
      scribe: [user('sue')],
    },
  };
  const ann = session('ops', 'ann');

  it('acts in a role that is theirs, under the ARN of their session', () => {
    expect(rolesOf(input, ann)).toEqual(['operator', 'observer']);
    expect(personOfCaller({ input, callerArn: ann, role: 'observer' })).toEqual({
      proof: 'iam',
      role: 'observer',
      principal: ann,
    });
  });

  it('looks in the first of their roles, and chooses one to act in, but for what every role may do', () => {
    expect(personOfCaller({ input, callerArn: ann })).toMatchObject({ role: 'operator' });
    expect(personOfCaller({ input, callerArn: ann, command: { do: 'halt' } })).toMatchObject({
      role: 'operator',
    });
    expect(() => personOfCaller({ input, callerArn: ann, command: { do: 'pause' } })).toThrow(
      'you may act as operator or observer: say which',
    );
    expect(personOfCaller({ input, callerArn: user('sue'), command: { do: 'pause' } })).toMatchObject({
      role: 'scribe',
    });
  });

  it('is refused a role that is not theirs, and told which are', () => {
    expect(() => personOfCaller({ input, callerArn: ann, role: 'scribe' })).toThrow(
      expect.objectContaining({ code: 'permission', hint: 'it may act as operator, observer' }),
    );
  });

  it('who has none is told who they are, and who has', () => {
    expect(() => personOfCaller({ input, callerArn: session('other', 'eve') })).toThrow(
      expect.objectContaining({
        code: 'permission',
        message: containing('assumed-role/other/eve has no role'),
        hint: containing(`onCall: nobody; scribe: ${user('sue')}`),
      }),
    );
  });
});
