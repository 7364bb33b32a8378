import type { AuthorizedType } from '../authorization.ts';
import {
  abroad,
  type Context,
  fine,
  foreign,
  needed,
  ownCallOf,
  type Situations,
  showsTags,
} from './situation.ts';

/** Only resources with the environment tag. */
export const byTag: Situations = (question) => {
  const { authorization, types, permission } = question;
  const own = ownCallOf(permission);
  const ask = (type: AuthorizedType, context: Context) => question.ask(type, { ...own, ...context });
  const { key, value } = question.role.tag;
  const right = { ...own, [`aws:ResourceTag/${key}`]: value };
  return types.flatMap((type) => {
    const untagged = foreign(`${type.name} without tags`, ask(type, {}));
    const isNeeded = type.isRequired || permission.on !== undefined || types.every((one) => !one.isRequired);
    // A call that touches such a type is more than FIS needs. Where every call does, asking throws: the catalogue is wrong then.
    if (!isNeeded && !showsTags(authorization, type)) return [untagged];
    const name = `${type.name} of the environment`;
    return [
      isNeeded ? needed(name, ask(type, right)) : fine(name, ask(type, right)),
      foreign(`${type.name} of another environment`, ask(type, { [`aws:ResourceTag/${key}`]: 'production' })),
      foreign(
        `${type.name} of an environment called alike`,
        ask(type, { [`aws:ResourceTag/${key}`]: `${value}-2` }),
      ),
      foreign(`${type.name} with another tag of that value`, ask(type, { 'aws:ResourceTag/Stage': value })),
      untagged,
      ...abroad(question, type, right),
      ...Object.keys(own).map((told) =>
        foreign(`a call whose ${told} is another`, ask(type, { ...right, [told]: 'false' })),
      ),
    ];
  });
};
