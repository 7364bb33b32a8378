import type { PlanTarget } from '../../plan/plan-target.ts';
import { targetName } from '../../plan/plan-target.ts';
import type { Path } from '../field.ts';
import { type Injection, pathOf, recordAt, textsAt } from './injection.ts';

/** A namespace that was changed: the selector then names the one that the environment declares. */
export interface NamespaceMend {
  /** The place of the document in the file. */
  readonly document: number;
  /** Where the selector stands. */
  readonly selector: Path;
  readonly namespace: string;
  readonly why: string;
}

/** What a selector's namespaces are held against. */
interface Declared {
  readonly environment: PlanTarget;
  /** The namespaces that it may name. */
  readonly namespaces: readonly string[];
  /** Whose they are: `the service 'shop'`. */
  readonly whose: string;
}

interface NamedNamespace {
  readonly name: string;
  readonly path: Path;
}

/** What the namespaces that a selector names come to: nothing more to do, mended, or refused. */
type Judged = 'declared' | 'refused' | NamespaceMend;

/**
 * A fault reaches no namespace but the declared. Where a selector names another, that is refused, or mended: the pods are those
 * that the environment declares for the service, so their namespace is known.
 *
 * @param under where the selector stands in the spec
 */
export function judgeNamespaces(injection: Injection, under: Path, declared: Declared, fix: boolean): Judged {
  const { account } = injection;
  const { namespaces, whose, environment } = declared;
  const named = namespacesOf(injection, ...under);
  const [foreign] = named.filter(({ name }) => !namespaces.includes(name));
  const [namespace] = namespaces;
  const at = `${targetName(environment)}: its declarations`;
  if (foreign === undefined || namespace === undefined) {
    for (const { path } of named) account.mapped(path, at);
    return 'declared';
  }
  const ofPods = Object.keys(recordAt(injection, ...under, 'selector', 'pods')).length > 0;
  if (fix && !ofPods) {
    const why = `${whose} is in the namespace '${namespace}' of ${targetName(environment)}, and in no other`;
    for (const { path } of named) account.approximated(path, at, `mended: ${why}`);
    return {
      document: account.document.index,
      selector: pathOf(injection, ...under, 'selector'),
      namespace,
      why,
    };
  }
  account.refuse(
    'foreign-namespace',
    foreign.path,
    `names the namespace '${foreign.name}', and ${whose} is in '${namespace}' of ${targetName(environment)}: no fault reaches another`,
    ofPods ? `name pods of '${namespace}', or select them by their labels` : `write '${namespace}'`,
    !ofPods,
  );
  return 'refused';
}

/** The namespaces that a selector names, each with where it stands; the resource's own where it names none. */
export function namespacesOf(injection: Injection, ...under: Path): readonly NamedNamespace[] {
  const selector = [...under, 'selector'];
  const named = textsAt(injection, ...selector, 'namespaces').map((name, index) => ({
    name,
    path: pathOf(injection, ...selector, 'namespaces', index),
  }));
  const ofPods = Object.keys(recordAt(injection, ...selector, 'pods')).map((name) => ({
    name,
    path: pathOf(injection, ...selector, 'pods', name),
  }));
  if (named.length > 0 || ofPods.length > 0) return [...named, ...ofPods];
  return injection.namespace === undefined ? [] : [injection.namespace];
}
