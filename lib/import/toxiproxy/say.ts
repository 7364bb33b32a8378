import type { ImportContext } from '../contract.ts';
import { entriesOf, type Node } from '../drafting/node.ts';
import type { Ledger } from '../ledger.ts';
import type { ProxyLink } from './links.ts';
import type { Placed, SourceProxy, SourceToxic } from './read-proxies.ts';
import type { ToxicFault } from './toxic-faults.ts';

/** What becomes of a toxic: a fault, or nothing and why. */
type Fate = ToxicFault | { readonly refused: string };

const refusalOf = (fate: Fate): string =>
  'refused' in fate ? fate.refused : 'what it says fits no fault of FIS';

export function sayOff(
  context: ImportContext,
  { proxy }: ProxyLink,
  fate: Fate,
  id: string | undefined,
): void {
  const { enabled } = proxy;
  if (enabled === undefined) return;
  const ledger = context.ledger(enabled.document);
  if (id === undefined || 'refused' in fate) ledger.refused(enabled.path, refusalOf(fate));
  else ledger.approximated(enabled.path, `${id}: faults.link`, fate.differs);
}

/** The fields of a proxy itself: what it is called, where it listens and leads. */
export function sayProxy(
  context: ImportContext,
  { node, name, listen, upstream, enabled }: SourceProxy,
  to: string,
): void {
  const ledger = context.ledger(node.document);
  ledger.refused(node.path, 'it is no part of a proxy that Steadfast knows');
  const say = (part: Placed | undefined, differs: string) => {
    if (part !== undefined) ledger.approximated(part.path, to, differs);
  };
  if (name !== undefined) ledger.mapped(name.path, to);
  say(listen, 'a lab gives each link a port of its own, and tells services of it by {name}');
  say(upstream, 'a lab starts what plays it, and the link leads there');
  if (enabled !== undefined && enabled.value !== false) ledger.mapped(enabled.path, to);
  sayEmpty(ledger, node, to);
  if (node.document.python !== undefined) ledger.mapped([...node.path, 'call'], to);
}

/** What is empty says nothing: a list of no toxics, a call that is given nothing by name or by place. */
function sayEmpty(ledger: Ledger, node: Node, to: string): void {
  for (const [key, { path }] of entriesOf(node).filter(([, { value }]) => isEmpty(value)))
    if (emptyParts.includes(key)) ledger.mapped(path, to);
}

const emptyParts: readonly string[] = ['toxics', 'attributes', 'arguments', 'positional'];

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

export function sayToxic(
  context: ImportContext,
  toxic: SourceToxic,
  fate: Fate,
  id: string | undefined,
): void {
  const { node, name, type, stream, toxicity, attributes } = toxic;
  const ledger = context.ledger(node.document);
  if (id === undefined || 'refused' in fate) {
    ledger.refused(node.path, refusalOf(fate));
    return;
  }
  ledger.refused(node.path, 'it is no part of a toxic that Steadfast knows');
  if (name !== undefined)
    ledger.approximated(
      name.path,
      `${id}: faults.link`,
      'a fault ends by itself, so nothing removes it by its name',
    );
  if (type !== undefined) ledger.approximated(type.path, `${id}: faults.link.action`, fate.differs);
  if (stream !== undefined) ledger.approximated(stream.path, `${id}: faults.link.action`, fate.differs);
  if (toxicity !== undefined)
    ledger.approximated(
      toxicity.path,
      `${id}: faults.link.parameters.flows`,
      'FIS draws flows, whole percentages of them',
    );
  for (const [key, part] of attributes === undefined ? [] : entriesOf(attributes)) {
    const isKnown = usedBy(fate.action).includes(key);
    if (isKnown) ledger.mapped(part.path, `${id}: faults.link.parameters`);
    else ledger.refused(part.path, `${fate.action} has nothing like it`);
  }
  sayEmpty(ledger, node, `${id}: faults.link`);
  if (node.document.python !== undefined) ledger.mapped([...node.path, 'call'], `${id}: faults.link`);
}

const usedBy = (action: string): readonly string[] => {
  if (action === 'aws:ecs:task-network-latency') return ['latency', 'jitter'];
  return action === 'aws:ecs:task-network-packet-loss' ? ['loss'] : [];
};
