import { arnOf, elsewhere } from '../request.ts';
import { abroad, type Context, foreign, needed, type Situations } from './situation.ts';

/** All of a kind in an account that shares nothing, and nothing beyond it. */
export const inAccount: Situations = (question) =>
  question.types.flatMap((type) => [
    needed(`any ${type.name} of the account`, question.ask(type, {})),
    ...abroad(question, type, {}),
  ]);

/** All objects of the account's buckets, whose ARNs say no account. */
export const objectsInAccount: Situations = ({ types, role, askOn }) => {
  const type = types.find(({ name }) => name === 'object');
  if (type === undefined) throw new Error('a prefix is for objects');
  const arn = arnOf(type, role.caller);
  return [
    needed('an object of the account', askOn(arn, { 's3:ResourceAccount': role.caller.account })),
    foreign('an object of another account', askOn(arn, { 's3:ResourceAccount': elsewhere.account })),
    foreign('an object of nobody knows whom', askOn(arn)),
  ];
};

/** All targets of a kind in the account and Region, as FIS tells IAM of a call. */
export const targetsInAccount =
  (key: string, kind: string, given: Context): Situations =>
  ({ types, role, ask, askOn }) => {
    const [type] = types;
    const on = (context: Context) => (type === undefined ? askOn('*', context) : ask(type, context));
    const { account, region } = role.caller;
    const [service = '', ...resource] = kind.replace('*', 'any').split(':');
    const target = (inRegion: string, inAccount: string) =>
      `arn:aws:${service}:${inRegion}:${inAccount}:${resource.join(':')}`;
    const own = target(region, account);
    const strangers = [target(elsewhere.region, account), target(region, elsewhere.account)];
    return [
      needed('any target of the account', on({ ...given, [key]: [own] })),
      ...strangers.map((arn) => foreign(`the target ${arn}`, on({ ...given, [key]: [arn] }))),
      ...strangers.map((arn) => foreign(`${arn} beside one's own`, on({ ...given, [key]: [own, arn] }))),
      foreign('no target at all', on(given)),
    ];
  };
