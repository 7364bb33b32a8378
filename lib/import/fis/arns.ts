import { arnParts, fitsAny } from '../../fis/arn.ts';
import { type PlanService, targetName } from '../../plan/plan-target.ts';
import { itemsOf, type Node } from '../drafting/node.ts';
import { textOf } from './node.ts';
import { partOf, type Selecting, servicesOf, toSelector } from './selecting.ts';
import { newService } from './service.ts';

/**
 * Reads the ARNs of a target. What FIS can select by tag is never selected by ARN: they name what carries the environment tag or not, as
 * it was on one day. What it cannot, an environment declares.
 */
export function readArns(selecting: Selecting): void {
  const { work, facts } = selecting;
  const list = partOf(selecting, 'resourceArns');
  if (list === undefined) return;
  const items = itemsOf(list);
  if (items.length === 0) {
    if (Array.isArray(list.value)) work.ledger.refused(list.path, 'it holds no ARN');
    else work.unreadable(list, 'list of ARNs');
    return;
  }
  const arns = items.flatMap((node) => textOf(node) ?? []);
  if (arns.length < items.length && selecting.service === undefined) {
    for (const node of items) if (textOf(node) === undefined) work.unreadable(node, 'ARN');
    return;
  }
  if (isForeign(selecting, items, arns)) return;
  if (facts.byTag) inPlaceOfArns(selecting, list, arns);
  else declaredOf(selecting, list, arns);
}

/** Whether they are of another account than the environment. */
function isForeign(selecting: Selecting, items: readonly Node[], arns: readonly string[]): boolean {
  const { work, service } = selecting;
  const { place } = work;
  if (place === undefined || service !== undefined) return false;
  const foreign = arns.filter((arn) => {
    const account = arnParts(arn)?.account ?? '';
    return account !== '' && account !== place.account;
  });
  if (foreign.length === 0) return false;
  for (const node of items) {
    const differs = `it is not of the account of ${targetName(place)}`;
    work.ledger.refused(node.path, differs);
  }
  work.refuse(partOf(selecting, 'resourceArns')?.path ?? [], {
    code: 'foreign-environment',
    message: `names resources of another account than that of ${targetName(place)}`,
    hint: `import it for the environment of that account, or say which service is meant: --map ${selecting.name}=SERVICE`,
  });
  return true;
}

/** Resources that carry tags: a service must be found that they are of. */
function inPlaceOfArns(selecting: Selecting, list: Node, arns: readonly string[]): void {
  const { work, name } = selecting;
  const fitting = servicesOf(selecting).filter(
    ([, { resources = [], tags }]) =>
      Object.keys(tags).length > 0 && arns.every((arn) => fitsAny(resources, arn)),
  );
  const only = fitting.length === 1 ? fitting[0]?.[0] : undefined;
  if (selecting.service === undefined && only !== undefined) selecting.service = only;
  const { service } = selecting;
  const isMended = work.unsafe(
    list.path,
    {
      code: 'arns',
      message:
        'names resources by their ARNs, which says nothing of their environment, and grows old as resources are replaced',
      hint:
        service === undefined
          ? `say which service they are of: --map ${name}=SERVICE; then --fix selects them by its tags`
          : `select them by the tags of the service '${service}'`,
    },
    service === undefined || work.place === undefined
      ? undefined
      : `${name} selects by the tags of the service '${service}' and of ${targetName(work.place)}, and no longer by ARN`,
  );
  if (isMended)
    work.ledger.approximated(list.path, toSelector(selecting, 'service'), 'the tags of the service count');
  else work.ledger.refused(list.path, 'ARNs say nothing of the environment');
}

/** Resources that FIS knows by their ARNs only: the service that declares them. */
function declaredOf(selecting: Selecting, list: Node, arns: readonly string[]): void {
  const { work } = selecting;
  const declared = ({ roles = [], pods }: PlanService): readonly string[] =>
    selecting.type === 'aws:iam:role' ? roles : pods === undefined ? [] : [pods.cluster];
  const found = servicesOf(selecting).find(([, service]) =>
    arns.every((arn) => declared(service).includes(arn)),
  );
  const service =
    selecting.service ??
    found?.[0] ??
    newService(
      selecting,
      arns[0]?.split(/[:/]/).at(-1) ?? '',
      selecting.type === 'aws:iam:role'
        ? `roles: [${arns.map((arn) => `'${arn}'`).join(', ')}]`
        : `eks: { cluster: '${arns[0] ?? ''}', namespace: NAMESPACE, pods: { label: LABEL }, serviceAccount: ACCOUNT }`,
    );
  selecting.service = service;
  const to = toSelector(selecting, 'service');
  const all = found === undefined ? [] : declared(found[1]);
  if (found !== undefined && service === found[0] && all.length === new Set(arns).size)
    work.ledger.mapped(list.path, to);
  else
    work.ledger.approximated(
      list.path,
      to,
      found === undefined || service !== found[0]
        ? 'what the service declares in the environment counts'
        : 'all that the service declares is hit',
    );
}

/** What FIS cannot select by tag must be named somehow. */
export function refuseUndeclared(selecting: Selecting): void {
  const { work, facts, type, service } = selecting;
  if (facts.byTag || service !== undefined || type === 'aws:eks:pod') return;
  if (partOf(selecting, 'resourceArns') !== undefined) return;
  work.refuse(selecting.node.path, {
    code: 'selects-everything',
    message: `names no ARN, and ${type} is selected by nothing else`,
    hint: `say which service declares it: --map ${selecting.name}=SERVICE`,
  });
}
