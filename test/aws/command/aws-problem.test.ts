import { describe, expect, it } from 'vitest';
import { asking, passes } from '../../../lib/aws/command/aws-problem.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { containing } from '../../fakes/matching.ts';

const asked = {
  action: 'states:StartExecution',
  resource: 'arn:aws:states:eu-west-1:111111111111:stateMachine:one',
};
const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

const problemOf = (thrown: unknown) =>
  asking(asked, () => Promise.reject(thrown)).then(
    () => undefined,
    (problem: unknown) => problem,
  );

const who = 'arn:aws:sts::111111111111:assumed-role/audit/ann';
const refusal = `User: ${who} is not authorized to perform: states:StartExecution on resource: arn:aws:states:eu-west-1:111111111111:stateMachine:two because`;

describe('what AWS fails with', () => {
  it.each<[string, Error, string, string, string]>([
    [
      'a refusal that says who, what and on what',
      named(
        'AccessDeniedException',
        `${refusal} no identity-based policy allows the states:StartExecution action`,
      ),
      'permission',
      `AWS refused states:StartExecution on arn:aws:states:eu-west-1:111111111111:stateMachine:two to ${who}`,
      'SteadfastOperatorPolicy',
    ],
    [
      'a refusal that says nothing',
      named('AccessDenied', 'Access Denied'),
      'permission',
      `AWS refused states:StartExecution on ${asked.resource}`,
      'SteadfastOperatorPolicy',
    ],
    [
      'a refusal by the organization',
      named('AccessDeniedException', `${refusal} with an explicit deny in a service control policy`),
      'permission',
      'AWS refused states:StartExecution',
      'an explicit deny in a service control policy forbids it',
    ],
    [
      'no credentials',
      named('CredentialsProviderError', 'Could not load credentials from any providers'),
      'permission',
      'there are no AWS credentials',
      '--profile or AWS_PROFILE',
    ],
    [
      'a profile that there is not',
      named(
        'CredentialsProviderError',
        'Could not resolve credentials using profile: [nope] in configuration/credentials file(s).',
      ),
      'permission',
      'there are no AWS credentials: Could not resolve credentials using profile: [nope]',
      'aws configure list-profiles',
    ],
    [
      'an SSO session that is over',
      named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
      'permission',
      'the AWS credentials cannot be used',
      'aws sso login',
    ],
    [
      'an expired token',
      named('ExpiredTokenException', 'expired'),
      'permission',
      'have expired',
      'aws sso login',
    ],
    [
      'a clock that is wrong',
      named('InvalidSignatureException', 'Signature expired: 20260501T000000Z is now earlier than'),
      'permission',
      'does not accept these credentials',
      'the clock of this machine',
    ],
    [
      'throttling',
      named('ThrottlingException', 'Rate exceeded'),
      'cannot-begin',
      'AWS throttles states:StartExecution',
      'try again in a minute',
    ],
    [
      'no network',
      named('Error', 'getaddrinfo ENOTFOUND states.eu-west-1.amazonaws.com', { code: 'ENOTFOUND' }),
      'cannot-begin',
      'AWS cannot be reached for states:StartExecution: getaddrinfo ENOTFOUND',
      'VPN or proxy',
    ],
    [
      'an outage',
      named('InternalServerError', 'try later', { $metadata: { httpStatusCode: 500 } }),
      'cannot-begin',
      'AWS failed at states:StartExecution',
      'Health Dashboard',
    ],
    [
      'anything else that AWS answers',
      named('InvalidName', 'bad name', { $metadata: { httpStatusCode: 400 } }),
      'internal',
      `AWS did not do states:StartExecution on ${asked.resource}: InvalidName: bad name`,
      'another version',
    ],
  ])('tells what to do about it: %s', async (_what, thrown, code, message, hint) => {
    expect(await problemOf(thrown)).toMatchObject({
      code,
      message: containing(message),
      hint: containing(hint),
    });
  });

  it('is left as it is where it is none of AWS’s: it is for us to mend', async () => {
    const slip = new TypeError('undefined is not a function');
    expect(await problemOf(slip)).toBe(slip);
    const told = new SteadfastError('unknown-id', 'there is none');
    expect(await problemOf(told)).toBe(told);
  });

  it('passes by itself or does not, before it was told and after', async () => {
    const lost = named('Error', 'connect', { code: 'ECONNREFUSED' });
    expect([passes(lost), passes(await problemOf(lost))]).toEqual([true, true]);
    const denied = named('AccessDenied', 'no');
    expect([passes(denied), passes(await problemOf(denied)), passes(undefined)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
