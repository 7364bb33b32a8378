import { declarationFor, type FisPermission } from '../../../lib/fis/permission.ts';
import { type Authorization, type AuthorizedType, authorizationOf } from '../authorization.ts';
import { arnOf, requestFor } from '../request.ts';
import { byDeclaration, byFisTargets, byPrefix, contextOf } from './by-declaration.ts';
import { madeByFis, makingForFis, taggingForFis } from './by-fis-tag.ts';
import { inAccount, objectsInAccount, targetsInAccount } from './by-isolation.ts';
import { byInstanceTag, byManagedInstanceTag } from './by-systems-manager.ts';
import { byTag } from './by-tag.ts';
import {
  abroad,
  type ConfinedRole,
  needed,
  type Question,
  type Situation,
  type Situations,
} from './situation.ts';

/** Every situation of one permission: what is the environment's, and everything near it that is not. */
export async function situationsOf(
  permission: FisPermission,
  role: ConfinedRole,
): Promise<readonly Situation[]> {
  const authorization = await authorizationOf(permission.action);
  const types = typesOf(permission, authorization);
  const { caller } = role;
  const question: Question = {
    permission,
    authorization,
    types,
    role,
    ask: (type, context, at = {}) => {
      const place = { account: caller.account, region: caller.region, ...at };
      return requestFor({ authorization, type, resource: arnOf(type, place), caller, ...at, context });
    },
    askOn: (arn, context = {}) => {
      const type = authorization.types.find((one) => isOfType(one, arn));
      if (type === undefined && arn !== '*') throw new Error(`${permission.action} is not asked on ${arn}`);
      const [, , , region, account] = arn.split(':');
      return requestFor({
        authorization,
        type,
        resource: arn,
        caller,
        context,
        // Amazon's documents and buckets say no account: they count as one's own.
        ...(account === undefined || account === '' ? {} : { account }),
        ...(region === undefined || region === '' ? {} : { region }),
      });
    },
  };
  if (role.isIsolated === true && declarationFor(permission) !== undefined) {
    // What is needed only sometimes, and would have to be declared, is not given where nothing is.
    return permission.when === undefined ? isolatedBy(permission, role)(question) : [];
  }
  return situationsBy(permission)(question);
}

/** `ec2:subnet/*` is for the type whose ARN begins with `subnet/`; a permission without it is for every type of its action. */
export function typesOf({ action, on }: FisPermission, { types }: Authorization): readonly AuthorizedType[] {
  if (on === undefined) return types;
  const [service = '', kind = ''] = on.replace('/*', '/').split(':');
  const found = types.filter(({ arn }) => arn.includes(`:${service}:`) && arn.includes(`:${kind}`));
  if (found.length !== 1) throw new Error(`${action} is asked on ${found.length} types that ${on} may be`);
  return found;
}

/** Whether an ARN is of a type; the longest fixed text tells types apart whose ARNs begin alike. */
function isOfType(type: AuthorizedType, arn: string): boolean {
  const pattern = type.arn
    .replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) =>
      name === 'Account' || name === 'Region' ? '\u0001' : '\u0002',
    )
    .replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replaceAll('\u0001', '[^:]*')
    .replaceAll('\u0002', '.+');
  return new RegExp(`^${pattern}$`).test(arn);
}

function situationsBy({ confinedBy }: FisPermission): Situations {
  if (typeof confinedBy === 'string') {
    switch (confinedBy) {
      case 'tag':
        return byTag;
      case 'managedInstanceTag':
        return byManagedInstanceTag;
      case 'instanceTag':
        return byInstanceTag;
      case 'madeByFis':
        return madeByFis;
      case 'makingForFis':
        return makingForFis;
    }
  }
  if ('taggingForFis' in confinedBy) return taggingForFis(confinedBy.taggingForFis);
  if ('declared' in confinedBy) return byDeclaration(confinedBy.passedTo);
  if ('prefix' in confinedBy) return byPrefix;
  if ('fisTargets' in confinedBy)
    return byFisTargets(confinedBy.fisTargets, confinedBy.targets, confinedBy.within);
  return byNothing;
}

/** Where everything of the account may be reached, only the account's borders count. */
function isolatedBy({ confinedBy }: FisPermission, { parameters }: ConfinedRole): Situations {
  if (typeof confinedBy === 'string') return byNothing;
  if ('prefix' in confinedBy) return objectsInAccount;
  if (!('fisTargets' in confinedBy)) return inAccount;
  const { fisTargets, targets, within = {} } = confinedBy;
  return targetsInAccount(fisTargets, targets, contextOf(within, parameters));
}

/** What IAM cannot confine is asked on any resource; why it cannot is checked elsewhere. */
const byNothing: Situations = (question) => {
  const { permission, types, ask, askOn } = question;
  if (types.length === 0) return [needed('any', askOn('*'))];
  return types.flatMap((type) => [
    needed(`any ${type.name}`, ask(type, {})),
    ...(permission.on === undefined ? [] : abroad(question, type, {})),
  ]);
};
