import type { DeclaredName } from '../fis/action.ts';
import { alarmArn, documentArn, type Place, roleArn } from './aws-names.ts';
import type { PlanTarget } from './plan-target.ts';

/** Where an environment is in AWS; undefined for a lab. */
export const placeOf = ({ account, region }: PlanTarget): Place | undefined =>
  account === undefined || region === undefined ? undefined : { account, region };

const own = <V>(record: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** What a parameter names by a logical name, as FIS takes it; undefined where the target has no such name. */
export function meaningOf(kind: DeclaredName, name: string, target: PlanTarget): string | undefined {
  const place = placeOf(target);
  switch (kind) {
    case 'document': {
      const document = own(target.documents, name)?.document;
      return document === undefined || place === undefined ? document : documentArn(document, place);
    }
    case 'guard': {
      const alarm = own(target.guards, name)?.alarm;
      return alarm === undefined || place === undefined ? alarm : alarmArn(alarm, place);
    }
    case 'bucket':
      return own(target.buckets, name);
    case 'prefixList':
      return own(target.prefixLists, name);
    case 'image':
      return own(target.images, name);
  }
}

/** The ARN of the role that a document declares; undefined where it declares none. */
export function documentRole(name: string, target: PlanTarget): string | undefined {
  const place = placeOf(target);
  const role = own(target.documents, name)?.role;
  return role === undefined || place === undefined ? undefined : roleArn(role, place);
}
