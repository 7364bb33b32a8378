import { arnOf, elsewhere } from '../request.ts';
import { foreign, isOf, nearby, needed, oneOf, type Situations } from './situation.ts';

/** Only the resources of a kind that the environment declares; a role may be passed to one service only. */
export const byDeclaration =
  (passedTo: string | undefined): Situations =>
  ({ permission, types, role, ask, askOn }) => {
    const { action, on = '' } = permission;
    const declared = role.declared.filter((arn) => isOf(on, arn));
    if (declared.length === 0)
      throw new Error(`${action} on ${on} is given, and nothing of the kind is declared`);
    const right = passedTo === undefined ? {} : { 'iam:PassedToService': passedTo };
    const [type] = types;
    return [
      ...declared.flatMap((arn) => [
        needed(`${arn}, declared`, askOn(oneOf(arn), right)),
        ...nearby(arn).map(([name, near]) => foreign(`one ${name} than ${arn}`, askOn(near, right))),
      ]),
      ...(type === undefined ? [] : [foreign(`a ${type.name} that is not declared`, ask(type, right))]),
      ...(passedTo === undefined
        ? []
        : declared.flatMap((arn) => [
            foreign(
              'passing it to another service',
              askOn(arn, { 'iam:PassedToService': 'ec2.amazonaws.com' }),
            ),
            foreign('passing it to nobody knows whom', askOn(arn, {})),
          ])),
    ];
  };

/** Only objects below the prefix that the environment declares. */
export const byPrefix: Situations = ({ types, role, askOn }) => {
  const type = types.find(({ name }) => name === 'object');
  if (type === undefined) throw new Error('a prefix is for objects');
  const [bucket = '', ...folders] = role.prefix.replace(/\/$/, '').split('/');
  const prefix = folders.join('/');
  const at = (name: string, key: string) =>
    askOn(arnOf(type, role.caller, { BucketName: name, ObjectName: key }));
  return [
    needed('an object below the prefix', at(bucket, `${prefix}/fault.json`)),
    needed('an object deep below it', at(bucket, `${prefix}/a/fault.json`)),
    foreign('an object of a prefix that begins alike', at(bucket, `${prefix}-production/fault.json`)),
    foreign('an object of another prefix', at(bucket, 'another/fault.json')),
    foreign('an object without a prefix', at(bucket, 'fault.json')),
    foreign('an object of another bucket', at(`${bucket}-production`, `${prefix}/fault.json`)),
  ];
};

/** Only for targets that the environment declares, by what FIS tells IAM of a call, and as far as the fault's parameters go. */
export const byFisTargets =
  (key: string, kind: string, within: Within = {}): Situations =>
  ({ types, role, ask, askOn }) => {
    const declared = role.declared.filter((arn) => isOf(kind, arn)).map(oneOf);
    const [first = ''] = declared;
    if (first === '') throw new Error(`targets of ${kind} are allowed, and none is declared`);
    const [type] = types;
    const given = contextOf(within, role.parameters);
    const on = (context: Readonly<Record<string, string | readonly string[]>>) =>
      type === undefined ? askOn('*', context) : ask(type, context);
    const targets = (...arns: readonly string[]) => on({ ...given, [key]: arns });
    return [
      ...declared.map((arn) => needed(`${arn}, declared`, targets(arn))),
      needed('all that is declared', targets(...declared)),
      ...nearby(first).flatMap(([name, arn]) => [
        foreign(`one ${name} than ${first}`, targets(arn)),
        foreign(`a declared one together with one ${name}`, targets(first, arn)),
      ]),
      foreign('no target at all', on(given)),
      ...beyond(within, role.parameters).map(([name, changed]) =>
        foreign(name, on({ ...given, [key]: [first], ...changed })),
      ),
      ...without(within).map((absent) =>
        foreign(`without ${absent}`, on({ ...omit(given, absent), [key]: [first] })),
      ),
      ...(type === undefined
        ? []
        : [
            foreign(
              `${type.name} of another account`,
              ask(type, { ...given, [key]: [first] }, { account: elsewhere.account }),
            ),
            foreign(
              `${type.name} in another Region`,
              ask(type, { ...given, [key]: [first] }, { region: elsewhere.region }),
            ),
          ]),
    ];
  };

type Keys = Readonly<Record<string, string>>;
export interface Within {
  readonly equal?: Keys;
  readonly among?: Keys;
  readonly atMost?: Keys;
}

/** What FIS tells of its parameters. */
export const contextOf = ({ equal, among, atMost }: Within, parameters: Keys) => ({
  ...Object.fromEntries(
    Object.entries({ ...equal, ...atMost }).map(([key, name]) => [key, parameters[name] ?? '']),
  ),
  ...Object.fromEntries(
    Object.entries(among ?? {}).map(([key, name]) => [key, (parameters[name] ?? '').split(',')]),
  ),
});

/** The same with each of them beyond what the fault says. */
const beyond = ({ equal = {}, among = {}, atMost = {} }: Within, parameters: Keys) => [
  ...Object.keys(equal).map((key) => [`another ${key}`, { [key]: 'another' }] as const),
  ...Object.entries(among).map(
    ([key, name]) => [`more ${key}`, { [key]: [...(parameters[name] ?? '').split(','), 'Another'] }] as const,
  ),
  ...Object.entries(atMost).map(
    ([key, name]) => [`a greater ${key}`, { [key]: String(Number(parameters[name] ?? 0) + 1) }] as const,
  ),
];

/** The keys that a request must hold. */
const without = ({ equal = {}, among = {}, atMost = {} }: Within) => [
  ...Object.keys(equal),
  ...Object.keys(among),
  ...Object.keys(atMost),
];

const omit = <V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
