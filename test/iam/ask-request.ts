import { authorizationOf } from './authorization.ts';
import type { Ask } from './calls/asking.ts';
import { arnOf, type Caller, elsewhere, type IamRequest, requestFor } from './request.ts';

/** The request that IAM sees of what is asked of it. */
export async function requestOf(
  { action, on, context, account: owner }: Ask,
  caller: Caller,
): Promise<IamRequest> {
  const account = owner ?? caller.account;
  const authorization = await authorizationOf(action);
  const common = { authorization, caller, ...(context === undefined ? {} : { context }) };
  if (on === undefined) return requestFor({ ...common, type: undefined, resource: '*' });
  const [name, names] = on;
  const type = authorization.types.find((one) => one.name === name);
  if (type === undefined) throw new Error(`${action} is asked on no ${name}`);
  const request = {
    ...common,
    type,
    resource: arnOf(type, { region: caller.region, account }, names),
    // What is Amazon's is everybody's.
    account: account === '' ? caller.account : account,
  };
  return requestFor(request);
}

/** The same request on the same thing of somebody else. */
export interface Neighbour {
  readonly name: string;
  readonly request: IamRequest;
}

/** How the names of what is deployed and declared, and the values of tags, would be another's. */
const others: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ['another environment', renamed('production', 'other-')],
  // Not only what is called otherwise: what begins alike, too.
  ['an environment whose name begins alike', renamed('staging-2', 'shop-2-')],
];

function renamed(environment: string, declared: string) {
  return (text: string): string =>
    text === 'staging'
      ? environment
      : text
          .replaceAll(
            /\bsteadfast-((?:runner|dispatcher|gameday|halt)-)?staging/g,
            `steadfast-$1${environment}`,
          )
          .replaceAll(/\bshop[-/]/g, (begun) => `${declared}${begun.slice(-1) === '/' ? 'secret/' : ''}`);
}

/** A request as it would be made of others; none of what a request does not name. */
export function neighboursOf(request: IamRequest): Neighbour[] {
  const { resource } = request;
  if (resource === '*') return [];
  const [arn, partition, service, region, account, ...rest] = resource.split(':');
  const at = (newRegion = region, newAccount = account) =>
    [arn, partition, service, newRegion, newAccount, ...rest].join(':');
  return [
    ...others.map(([name, change]) => ({ name, request: changed(request, change) })),
    ...(account === ''
      ? []
      : [
          {
            name: 'another account',
            request: {
              ...request,
              resource: at(region, elsewhere.account),
              account: elsewhere.account,
              context: { ...request.context, 'aws:ResourceAccount': elsewhere.account },
            },
          },
        ]),
    ...(region === ''
      ? []
      : [
          {
            name: 'another Region',
            request: {
              ...request,
              resource: at(elsewhere.region),
              context: { ...request.context, 'aws:RequestedRegion': elsewhere.region },
            },
          },
        ]),
  ].filter((neighbour) => JSON.stringify(neighbour.request) !== JSON.stringify(request));
}

const changed = (request: IamRequest, change: (text: string) => string): IamRequest => ({
  ...request,
  resource: change(request.resource),
  context: Object.fromEntries(
    Object.entries(request.context).map(([key, value]) => [
      key,
      typeof value === 'string' ? (key === 'aws:PrincipalArn' ? value : change(value)) : value.map(change),
    ]),
  ),
});
