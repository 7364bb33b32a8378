import { isLong } from '../../setup.ts';
import { abroad, foreign, needed, type Situations, showsTags } from './situation.ts';

/** The tag that FIS puts on what it makes (FIS user guide, "Actions reference", network actions). */
const ofFis = 'managedByFIS';

/** Of the ninety types that EC2 tags, those that network actions touch; a long run asks about all. */
const nearest = ['instance', 'subnet', 'vpc', 'vpc-endpoint'];

/** Only what FIS has made itself. Of what it made for another environment of the account IAM knows no difference. */
export const madeByFis: Situations = (question) => {
  const { types, role, ask } = question;
  const right = { [`aws:ResourceTag/${ofFis}`]: 'true' };
  return types.flatMap((type) => [
    needed(`${type.name} that FIS made`, ask(type, right)),
    foreign(
      `${type.name} of the environment that FIS did not make`,
      ask(type, { [`aws:ResourceTag/${role.tag.key}`]: role.tag.value }),
    ),
    foreign(`${type.name} that says it is not FIS's`, ask(type, { [`aws:ResourceTag/${ofFis}`]: 'false' })),
    foreign(`${type.name} without tags`, ask(type, {})),
    ...abroad(question, type, right),
  ]);
};

/** Only making what is tagged as FIS's at once. */
export const makingForFis: Situations = (question) => {
  const { types, role, ask } = question;
  const right = { [`aws:RequestTag/${ofFis}`]: 'true' };
  return types.flatMap((type) => [
    needed(`making a ${type.name} that is tagged as FIS's`, ask(type, right)),
    foreign(`making a ${type.name} without tags`, ask(type, {})),
    foreign(
      `making a ${type.name} of the environment`,
      ask(type, { [`aws:RequestTag/${role.tag.key}`]: role.tag.value }),
    ),
    ...abroad(question, type, right),
  ]);
};

/** Only tagging what a call is making, and as FIS's. */
export const taggingForFis =
  (call: string): Situations =>
  (question) => {
    const { authorization, types, role, ask } = question;
    const own = { [`aws:RequestTag/${ofFis}`]: 'true' };
    const right = { ...own, 'ec2:CreateAction': call };
    const others = authorization.types.filter(
      (type) =>
        !types.includes(type) && showsTags(authorization, type) && (isLong || nearest.includes(type.name)),
    );
    return types.flatMap((type) => [
      needed(`tagging a ${type.name} as ${call} makes it`, ask(type, right)),
      foreign(`tagging a ${type.name} that exists`, ask(type, own)),
      foreign('tagging what another call makes', ask(type, { ...own, 'ec2:CreateAction': 'RunInstances' })),
      foreign(
        `tagging a ${type.name} as the environment's`,
        ask(type, { [`aws:RequestTag/${role.tag.key}`]: role.tag.value, 'ec2:CreateAction': call }),
      ),
      ...abroad(question, type, right),
      ...others.map((other) => foreign(`tagging a ${other.name}`, ask(other, right))),
    ]);
  };
