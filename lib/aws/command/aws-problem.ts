import { type ErrorCode, SteadfastError } from '../../experiment/steadfast-error.ts';
import { isDenied, isRetryable, isThrottled } from '../aws-error.ts';

/** What is asked of AWS, for the words of a refusal. */
export interface Asked {
  /** As IAM names it: `states:StartExecution`. */
  readonly action: string;
  readonly resource?: string;
}

/** Errors of the SDK itself, which found no credentials or could not renew them. */
const withoutCredentials = ['CredentialsProviderError', 'TokenProviderError', 'InvalidConfiguration'];

/** Error codes of services that do not take the credentials any more ("Common errors" of their API references). */
const expired = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'];

/** The same that do not know them, or to which the signature is wrong. */
const unknownCredentials = [
  'AuthFailure',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'OptInRequired',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];

/** Codes of Node's sockets and resolver, and names of the SDK's own time-outs. */
const unreachable = [
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'NetworkingError',
  'TimeoutError',
];

const codeOf = (thrown: Error): string | undefined =>
  'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

/** What keeps a call from being answered. */
type Failure =
  | 'no credentials'
  | 'expired'
  | 'unrecognized'
  | 'denied'
  | 'throttled'
  | 'unreachable'
  | 'service'
  | 'refused';

/** How each is told, the first that fits: services say the same in several ways. */
const failures: readonly (readonly [Failure, (thrown: Error) => boolean])[] = [
  ['no credentials', (thrown) => withoutCredentials.includes(thrown.name)],
  ['expired', (thrown) => expired.includes(thrown.name)],
  ['unrecognized', (thrown) => unknownCredentials.includes(thrown.name)],
  ['denied', isDenied],
  ['throttled', isThrottled],
  ['unreachable', (thrown) => [thrown.name, codeOf(thrown)].some((name) => unreachable.includes(name ?? ''))],
  ['service', isRetryable],
  ['refused', (thrown) => '$metadata' in thrown],
];

/** Undefined for what does not come of AWS. */
const failureOf = (thrown: unknown): Failure | undefined =>
  thrown instanceof Error ? failures.find(([, fits]) => fits(thrown))?.[0] : undefined;

/** Whether the same may well work a little later, without anybody mending anything. */
export function passes(thrown: unknown): boolean {
  const failure = failureOf(thrown instanceof SteadfastError ? thrown.cause : thrown);
  return failure === 'throttled' || failure === 'unreachable' || failure === 'service';
}

/** An error of AWS as people can act on it; anything else as it is. */
function awsProblem(thrown: unknown, asked: Asked): unknown {
  const failure = failureOf(thrown);
  if (!(thrown instanceof Error) || failure === undefined) return thrown;
  const { code, message, hint } = problemWords(failure, thrown, asked);
  return new SteadfastError(code, message, { hint, cause: thrown });
}

interface ProblemWords {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

function problemWords(failure: Failure, thrown: Error, asked: Asked): ProblemWords {
  const words = thrown.message.replace(/\.$/, '');
  switch (failure) {
    case 'no credentials':
      return { code: 'permission', ...credentialWords(words) };
    case 'expired':
      return { code: 'permission', message: 'the AWS credentials have expired', hint: renewHint };
    case 'unrecognized':
      return {
        code: 'permission',
        message: `AWS does not accept these credentials for ${asked.action}: ${words}`,
        hint: 'check AWS_PROFILE, the access key and its session token, whether the Region is enabled, and the clock of this machine',
      };
    case 'denied':
      return { code: 'permission', ...deniedWords(words, asked) };
    case 'throttled':
      return {
        code: 'cannot-begin',
        message: `AWS throttles ${asked.action}, and still did after several tries`,
        hint: 'others ask the same in this account and Region; try again in a minute',
      };
    case 'unreachable':
      return {
        code: 'cannot-begin',
        message: `AWS cannot be reached for ${asked.action}: ${words === '' ? (codeOf(thrown) ?? thrown.name) : words}`,
        hint: 'check the network, VPN or proxy, and whether the Region is right',
      };
    case 'service':
      return {
        code: 'cannot-begin',
        message: `AWS failed at ${asked.action}, and still did after several tries: ${words}`,
        hint: 'try again in a minute; the AWS Health Dashboard tells of outages',
      };
    case 'refused':
      return {
        code: 'internal',
        message: `AWS did not do ${asked.action}${on(asked.resource)}: ${thrown.name}: ${words}`,
        hint: 'the environment may have been deployed by another version than this command is',
      };
  }
}

const on = (resource: string | undefined) => (resource === undefined ? '' : ` on ${resource}`);

const renewHint = 'get new ones, such as with: aws sso login --profile <profile>';

/** Without credentials or with a session to be renewed: the SDK tells only in words which it is. */
function credentialWords(words: string): { message: string; hint: string } {
  if (/\bSSO\b|expired|refresh/i.test(words))
    return { message: `the AWS credentials cannot be used: ${words}`, hint: renewHint };
  if (/profile/i.test(words)) {
    return {
      message: `there are no AWS credentials: ${words}`,
      hint: 'aws configure list-profiles lists the profiles there are',
    };
  }
  return {
    message:
      'there are no AWS credentials: no variables, profile, SSO session, container or instance role gives any',
    hint: 'name a profile with --profile or AWS_PROFILE, such as after: aws configure sso',
  };
}

/** Most services say who was refused what and by which policy; some say that access is denied, and no more. */
function deniedWords(words: string, asked: Asked): { message: string; hint: string } {
  const [, who, action = asked.action] =
    /(?:User: (\S+) )?is not authorized to perform:? ([\w-]+:\w+)/.exec(words) ?? [];
  const resource = /on (?:the )?resource:? "?(arn:[^\s"]+)/.exec(words)?.[1] ?? asked.resource;
  const policy = /explicit deny in an? ([\w -]+?)(?: policy)?(?:$|[.:;,])/.exec(words)?.[1];
  return {
    message: `AWS refused ${action}${on(resource)}${who === undefined ? '' : ` to ${who}`}`,
    hint:
      policy === undefined
        ? 'somebody who may change IAM has to allow it: SteadfastOperatorPolicy of steadfast-chaos/cdk allows all that the command needs, SteadfastViewerPolicy what only looks'
        : `an explicit deny in a ${policy} policy forbids it, whatever else is allowed`,
  };
}

/**
 * Asks AWS for something.
 *
 * @throws SteadfastError that names the action and the resource, and tells how to mend it
 */
export async function asking<T>(asked: Asked, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw awsProblem(thrown, asked);
  }
}
