import type { FisPermission } from '../../../lib/fis/permission.ts';
import { type Authorization, type AuthorizedType, isListed, keysOn } from '../authorization.ts';
import { type Caller, elsewhere, type IamRequest } from '../request.ts';

/** A request and what the role must answer. */
export interface Situation {
  readonly name: string;
  readonly request: IamRequest;
  /** `needed`: FIS cannot do without it; `fine`: within the environment, though nobody needs it; `escape`: must be denied. */
  readonly kind: 'needed' | 'fine' | 'escape';
}

/** Whose role is asked, and what keeps it within its environment. */
export interface ConfinedRole {
  readonly caller: Caller;
  readonly tag: { readonly key: string; readonly value: string };
  /** The ARNs, `*` for any text, that the environment declares for the fault. */
  readonly declared: readonly string[];
  /** The bucket and prefix that the environment declares for faults of functions: `bucket/prefix/`. */
  readonly prefix: string;
  /** Whether it may reach all of its account where nothing is declared, since the account shares nothing. */
  readonly isIsolated?: boolean;
  /** The parameters of the fault, as FIS is given them. */
  readonly parameters: Readonly<Record<string, string>>;
}

export type Context = IamRequest['context'];

/** One permission, and how to ask about it. */
export interface Question {
  readonly permission: FisPermission;
  readonly authorization: Authorization;
  /** The types of resources that the permission is for. */
  readonly types: readonly AuthorizedType[];
  readonly role: ConfinedRole;
  /** A request on a made-up resource of a type. */
  readonly ask: (
    type: AuthorizedType,
    context: Context,
    at?: { readonly account?: string; readonly region?: string },
  ) => IamRequest;
  /** A request on a resource by its ARN. */
  readonly askOn: (arn: string, context?: Context) => IamRequest;
}

/** What a call of FIS's own says, with a made-up text for each `*`. */
export const ownCallOf = ({ only }: FisPermission): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(only?.conditions ?? {}).flatMap((keys) =>
      Object.entries(keys).map(([key, value]) => [key, oneOf(value.replace(/\*$/, ''))] as const),
    ),
  );

/** Everything that one kind of confinement has to answer. */
export type Situations = (question: Question) => readonly Situation[];

export const needed = (name: string, request: IamRequest): Situation => ({ kind: 'needed', name, request });
export const fine = (name: string, request: IamRequest): Situation => ({ kind: 'fine', name, request });
export const foreign = (name: string, request: IamRequest): Situation => ({ kind: 'escape', name, request });

/** What a resource of the environment, as its context has it, is on the other side of the environment's borders. */
export const abroad = ({ ask }: Pick<Question, 'ask'>, type: AuthorizedType, right: Context): Situation[] => [
  foreign(`${type.name} of another account`, ask(type, right, { account: elsewhere.account })),
  foreign(`${type.name} in another Region`, ask(type, right, { region: elsewhere.region })),
];

/** Whether a request on the type can show a tag that the resource has. */
export const showsTags = (authorization: Authorization, type: AuthorizedType): boolean =>
  isListed('aws:ResourceTag/Any', keysOn(authorization, type));

/** Whether an ARN, or a pattern of some, is of a kind such as `kinesis:stream/*`. */
export function isOf(kind: string, arn: string): boolean {
  const [service = '', ...resource] = kind.split(':');
  const [, , ofService, , , ...ofResource] = arn.split(':');
  return service === ofService && ofResource.join(':').startsWith(resource.join(':').replace(/\*$/, ''));
}

/** One of the resources that a pattern stands for. */
export const oneOf = (pattern: string): string => pattern.replaceAll('*', 'any');

/** ARNs that are near a declared one and are not declared. */
export function nearby(declared: string): readonly (readonly [name: string, arn: string])[] {
  // Of a pattern of versions, what has the name counts, not the version.
  const versions = declared.endsWith(':*') ? ':1' : '';
  const [head, partition, service, region, account, ...rest] = oneOf(declared.replace(/:\*$/, '')).split(':');
  const resource = rest.join(':');
  const at = (name: string, newRegion = region, newAccount = account) =>
    [head, partition, service, newRegion, newAccount, `${name}${versions}`].join(':');
  return [
    ['whose name begins alike', at(`${resource}-2`)],
    ['of another name', at(resource.replace(/[^/:]+$/, 'another'))],
    ...(account === '' ? [] : [['of another account', at(resource, region, elsewhere.account)] as const]),
    ...(region === '' ? [] : [['in another Region', at(resource, elsewhere.region)] as const]),
  ];
}
