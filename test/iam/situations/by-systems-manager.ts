import type { AuthorizedType } from '../authorization.ts';
import { arnOf, elsewhere } from '../request.ts';
import { abroad, foreign, needed, type Question, type Situations } from './situation.ts';

/** Machines with the environment tag, as Systems Manager tells it, and no others. */
function machines(question: Question, type: AuthorizedType) {
  const { key, value } = question.role.tag;
  const { ask } = question;
  const right = { [`ssm:resourceTag/${key}`]: value };
  return [
    needed(`${type.name} of the environment`, ask(type, right)),
    foreign(`${type.name} of another environment`, ask(type, { [`ssm:resourceTag/${key}`]: 'production' })),
    foreign(
      `${type.name} of an environment called alike`,
      ask(type, { [`ssm:resourceTag/${key}`]: `${value}-2` }),
    ),
    foreign(`${type.name} without tags`, ask(type, {})),
    ...abroad(question, type, right),
  ];
}

/** Only EC2 instances with the environment tag. */
export const byInstanceTag: Situations = (question) =>
  question.types.flatMap((type) => machines(question, type));

/** Only managed instances with the environment tag, and only Amazon's own FIS documents; Systems Manager asks IAM about both. */
export const byManagedInstanceTag: Situations = (question) => {
  const { types, role, ask, askOn } = question;
  const typeNamed = (name: string) => {
    const found = types.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${question.authorization.action} is asked on no ${name}`);
    return found;
  };
  const document = typeNamed('document');
  const named = (DocumentName: string, account: string, region = role.caller.region) =>
    askOn(arnOf(document, { account, region }, { DocumentName }));
  const own = { [`ssm:resourceTag/${role.tag.key}`]: role.tag.value };
  return [
    ...machines(question, typeNamed('managed-instance')),
    needed("one of Amazon's FIS documents", named('AWSFIS-Run-Network-Latency-Sources', '')),
    foreign("a document of Amazon's that runs anything", named('AWS-RunShellScript', '')),
    foreign('a document of the account, named so', named('AWSFIS-Run-Mine', role.caller.account)),
    foreign('a document of another account, named so', named('AWSFIS-Run-Mine', elsewhere.account)),
    foreign("Amazon's document in another Region", named('AWSFIS-Run-Mine', '', elsewhere.region)),
    foreign('an EC2 instance of the environment', ask(typeNamed('instance'), own)),
    foreign('a bucket', ask(typeNamed('bucket'), {})),
  ];
};
