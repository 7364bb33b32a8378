import type { FisPermission } from '../../lib/fis/permission.ts';
import {
  type Authorization,
  type AuthorizedType,
  authorizationOf,
  isListed,
  keysOn,
} from './authorization.ts';
import { arnOf, type Caller, type IamRequest, requestFor } from './request.ts';

/** A request and what the role must answer. */
export interface Situation {
  readonly name: string;
  readonly request: IamRequest;
  /** `needed`: FIS cannot do without it; `fine`: within the environment, though nobody needs it; `escape`: must be denied. */
  readonly kind: 'needed' | 'fine' | 'escape';
}

/** Whose role is asked, and the tag of its environment. */
export interface Role {
  readonly caller: Caller;
  readonly tag: { readonly key: string; readonly value: string };
}

/** The Region and account of things that are not the environment's. */
export const elsewhere = { region: 'us-west-2', account: '999999999999' } as const;

type Context = IamRequest['context'];
type Ask = (type: AuthorizedType, context: Context, at?: { account?: string; region?: string }) => IamRequest;

interface Question {
  readonly permission: FisPermission;
  readonly authorization: Authorization;
  /** The types of resources that the permission is for. */
  readonly types: readonly AuthorizedType[];
  readonly role: Role;
  readonly ask: Ask;
}

/** Every situation of one permission: what is the environment's, and everything near it that is not. */
export async function situationsOf(permission: FisPermission, role: Role): Promise<readonly Situation[]> {
  const authorization = await authorizationOf(permission.action);
  const types = typesOf(permission, authorization);
  const { caller } = role;
  const ask: Ask = (type, context, at = {}) => {
    const place = { account: caller.account, region: caller.region, ...at };
    return requestFor({ authorization, type, resource: arnOf(type, place), caller, ...at, context });
  };
  return situationsBy(permission)({ permission, authorization, types, role, ask });
}

/** `ec2:subnet/*` is for the type whose ARN begins with `subnet/`; a permission without it is for every type of its action. */
function typesOf({ action, on }: FisPermission, { types }: Authorization): readonly AuthorizedType[] {
  if (on === undefined) return types;
  const [service = '', kind = ''] = on.replace('/*', '/').split(':');
  const found = types.filter(({ arn }) => arn.includes(`:${service}:`) && arn.includes(`:${kind}`));
  if (found.length !== 1) throw new Error(`${action} is asked on ${found.length} types that ${on} may be`);
  return found;
}

type Situations = (question: Question) => readonly Situation[];

function situationsBy({ action, confinedBy }: FisPermission): Situations {
  if (confinedBy === 'tag') return byTag;
  if (confinedBy === 'managedInstanceTag') return byManagedInstance;
  if (confinedBy === 'madeByFis') return byMaker;
  if (confinedBy === 'makingForFis') return byRequest;
  if ('taggingForFis' in confinedBy) return byCreation(confinedBy.taggingForFis);
  if ('none' in confinedBy) return byNothing;
  throw new Error(`nobody has told what proves ${JSON.stringify(confinedBy)} of ${action}`);
}

const ofFis = 'managedByFIS';
const situation = (kind: Situation['kind'], name: string, request: IamRequest): Situation => ({
  kind,
  name,
  request,
});

/** What a resource of the environment, as `right` has it, is on the other side of its borders. */
const abroad = (ask: Ask, type: AuthorizedType, right: Context): Situation[] => [
  situation('escape', 'another account', ask(type, right, { account: elsewhere.account })),
  situation('escape', 'another Region', ask(type, right, { region: elsewhere.region })),
];

/** Whether a request on the type can show the tags that the resource has. */
const showsTags = (authorization: Authorization, type: AuthorizedType) =>
  isListed('aws:ResourceTag/Any', keysOn(authorization, type));

const byTag: Situations = ({ authorization, types, role: { tag }, permission, ask }) =>
  types.flatMap((type) => {
    const tagged = (key: string, value: string) => ask(type, { [`aws:ResourceTag/${key}`]: value });
    const untagged = situation('escape', `${type.name} without tags`, ask(type, {}));
    const isNeeded = type.isRequired || permission.on !== undefined || types.every((one) => !one.isRequired);
    // A call that touches such a type is more than FIS needs. Where every call does, asking throws: the catalogue is wrong then.
    if (!isNeeded && !showsTags(authorization, type)) return [untagged];
    const right = { [`aws:ResourceTag/${tag.key}`]: tag.value };
    return [
      situation(isNeeded ? 'needed' : 'fine', `${type.name} of the environment`, ask(type, right)),
      situation('escape', `${type.name} of another environment`, tagged(tag.key, `${tag.value}-2`)),
      situation('escape', `${type.name} with another tag of that value`, tagged('Stage', tag.value)),
      untagged,
      ...abroad(ask, type, right),
    ];
  });

const byMaker: Situations = ({ types, role: { tag }, ask }) =>
  types.flatMap((type) => {
    const right = { [`aws:ResourceTag/${ofFis}`]: 'true' };
    return [
      situation('needed', `${type.name} that FIS made`, ask(type, right)),
      situation(
        'escape',
        `${type.name} of the environment that FIS did not make`,
        ask(type, { [`aws:ResourceTag/${tag.key}`]: tag.value }),
      ),
      situation(
        'escape',
        `${type.name} of other makers`,
        ask(type, { [`aws:ResourceTag/${ofFis}`]: 'false' }),
      ),
      situation('escape', `${type.name} without tags`, ask(type, {})),
      ...abroad(ask, type, right),
    ];
  });

const byRequest: Situations = ({ types, role: { tag }, ask }) =>
  types.flatMap((type) => {
    const right = { [`aws:RequestTag/${ofFis}`]: 'true' };
    return [
      situation('needed', `making a ${type.name} that is tagged as FIS's`, ask(type, right)),
      situation('escape', `making a ${type.name} without tags`, ask(type, {})),
      situation(
        'escape',
        `making a ${type.name} of the environment`,
        ask(type, { [`aws:RequestTag/${tag.key}`]: tag.value }),
      ),
      ...abroad(ask, type, right),
    ];
  });

const byCreation =
  (call: string): Situations =>
  ({ authorization, types, role: { tag }, ask }) => {
    const own = { [`aws:RequestTag/${ofFis}`]: 'true' };
    const right = { ...own, 'ec2:CreateAction': call };
    const others = authorization.types.filter(
      (type) => !types.includes(type) && showsTags(authorization, type),
    );
    return types.flatMap((type) => [
      situation('needed', `tagging a ${type.name} as ${call} makes it`, ask(type, right)),
      situation('escape', `tagging a ${type.name} that exists`, ask(type, own)),
      situation(
        'escape',
        `tagging it as RunInstances makes it`,
        ask(type, { ...own, 'ec2:CreateAction': 'RunInstances' }),
      ),
      situation(
        'escape',
        `tagging a ${type.name} as the environment's`,
        ask(type, { [`aws:RequestTag/${tag.key}`]: tag.value, 'ec2:CreateAction': call }),
      ),
      ...abroad(ask, type, right),
      ...others.slice(0, 3).map((other) => situation('escape', `tagging a ${other.name}`, ask(other, right))),
    ]);
  };

/** FIS's scripts run on managed instances with the tag, from Amazon's own documents; SSM asks IAM about both. */
const byManagedInstance: Situations = ({ authorization, role: { caller, tag }, ask }) => {
  const type = (name: string) => {
    const found = authorization.types.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${authorization.action} is asked on no ${name}`);
    return found;
  };
  const [instance, document, computer] = [type('managed-instance'), type('document'), type('instance')];
  const right = { [`ssm:resourceTag/${tag.key}`]: tag.value };
  const documentOf = (name: string, account: string, region = caller.region) =>
    requestFor({
      authorization,
      type: document,
      resource: arnOf(document, { account, region }, { DocumentName: name }),
      caller,
      region,
      // Amazon's documents have no account, and are everybody's.
      account: account === '' ? caller.account : account,
    });
  return [
    situation('needed', 'a managed instance of the environment', ask(instance, right)),
    situation(
      'escape',
      'a managed instance of another environment',
      ask(instance, { [`ssm:resourceTag/${tag.key}`]: `${tag.value}-2` }),
    ),
    situation('escape', 'a managed instance without tags', ask(instance, {})),
    ...abroad(ask, instance, right),
    situation('escape', 'an EC2 instance of the environment', ask(computer, right)),
    situation(
      'needed',
      "one of Amazon's FIS documents",
      documentOf('AWSFIS-Run-Network-Latency-Sources', ''),
    ),
    situation('escape', "a document of Amazon's that runs anything", documentOf('AWS-RunShellScript', '')),
    situation('escape', "a document of one's own named so", documentOf('AWSFIS-Run-Mine', caller.account)),
    situation('escape', 'a document of another account', documentOf('AWSFIS-Run-Mine', elsewhere.account)),
    situation(
      'escape',
      "Amazon's document in another Region",
      documentOf('AWSFIS-Run-Mine', '', elsewhere.region),
    ),
  ];
};

/** What IAM cannot confine is asked on any resource; why it cannot is checked elsewhere. */
const byNothing: Situations = ({ authorization, types, role: { caller }, ask }) =>
  types.length === 0
    ? [situation('needed', 'any', requestFor({ authorization, type: undefined, resource: '*', caller }))]
    : types.map((type) => situation('needed', `any ${type.name}`, ask(type, {})));
