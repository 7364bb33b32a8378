import { entriesOf, itemsOf, type Node, textOf, under } from '../drafting/node.ts';
import { approximated, decide, mapped, note, refused } from '../drafting/work.ts';
import { sayControls } from './activity.ts';
import { substitute } from './substitute.ts';
import type { ToolkitWork } from './toolkit-work.ts';
import { namesUsedIn, type Variables } from './variables.ts';

/** What the experiment is about, as people read it. */
export interface Words {
  readonly title: string;
  readonly description?: string;
}

/** The title with what its placeholders stand for: the only text at the top where Chaos Toolkit puts it in. */
export function titleOf(root: Node, variables: Variables): string | undefined {
  const { value } = substitute(variables, textOf(under(root, 'title')));
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Title and description, the latter with the tags and contributions, which have no place of their own. */
export function wordsOf(work: ToolkitWork, root: Node, title: string): Words {
  const node = under(root, 'title');
  if (textOf(node) === undefined) refused(work, node, 'it is no text: the title is made up');
  else mapped(work, node, 'title');
  if (textOf(node) === undefined)
    decide(work, ['title'], 'what the experiment is called: the source has no title');
  if (namesUsedIn(title).size > 0) decide(work, ['title'], 'what the placeholders of the title stand for');
  const description = under(root, 'description');
  const said = textOf(description);
  if (said === undefined) refused(work, description, 'it is no text');
  else mapped(work, description, 'description');
  const parts = [
    said === undefined ? undefined : sentence(said),
    tagsOf(work, root),
    contributionsOf(work, root),
  ].filter((part) => part !== undefined);
  return {
    title,
    ...(parts.length === 0
      ? {}
      : { description: parts.length === 1 ? (said ?? parts.join()) : parts.join(' ') }),
  };
}

/** What follows it begins a sentence of its own. */
const sentence = (text: string): string =>
  /[.!?:…]\s*$/.test(text.slice(-8)) ? text.trimEnd() : `${text.trimEnd()}.`;

const noPlace = 'it has no place of its own and stands in the description';

function tagsOf(work: ToolkitWork, root: Node): string | undefined {
  const node = under(root, 'tags');
  const tags = itemsOf(node).flatMap((item) => {
    const tag = textOf(item);
    if (tag === undefined) refused(work, item, 'it is no text');
    else approximated(work, item, 'description', noPlace);
    return tag ?? [];
  });
  if (itemsOf(node).length === 0) refused(work, node, 'it is no list of tags');
  return tags.length === 0 ? undefined : `Tags: ${tags.join(', ')}.`;
}

function contributionsOf(work: ToolkitWork, root: Node): string | undefined {
  const node = under(root, 'contributions');
  const parts = entriesOf(node).flatMap(([name, one]) => {
    const grade = textOf(one);
    if (grade === undefined) refused(work, one, 'it is none of high, medium, low and none');
    else approximated(work, one, 'description', noPlace);
    return grade === undefined ? [] : [`${name} ${grade}`];
  });
  if (entriesOf(node).length === 0) refused(work, node, 'there is none in it');
  return parts.length === 0 ? undefined : `Contributes to: ${parts.join(', ')}.`;
}

/** Speaks of the other fields at the top. */
export function sayTopLevel(work: ToolkitWork, root: Node, { configuration, secrets }: Variables): void {
  mapped(work, under(root, 'version'), 'nothing: Chaos Toolkit reads it as little');
  refused(
    work,
    under(root, 'dry'),
    'nothing is left out of a run: steadfast check and steadfast plan look without one',
  );
  refused(
    work,
    under(root, 'extensions'),
    'what other tools keep in an experiment has no place here: keep it in the source',
  );
  sayControls(work, under(root, 'controls'));
  sayRuntime(work, under(root, 'runtime'));
  for (const name of ['configuration', 'secrets']) {
    const node = under(root, name);
    if (entriesOf(node).length === 0) refused(work, node, 'there is nothing in it');
  }
  sayConfiguration(work, configuration, namesUsedIn(root.value));
  for (const { node, name } of secrets) {
    refused(
      work,
      node,
      `no secret is taken over: where it is used stands its name, { secret: '${name}' }, which an environment declares under secrets`,
    );
  }
  for (const [, group] of entriesOf(under(root, 'secrets'))) refused(work, group, 'no secret is taken over');
}

/** Settings that drivers read by their names, and what takes their place. */
const settings: readonly (readonly [name: RegExp, why: string])[] = [
  [/^aws_/, 'the environment says in which account and Region it runs, and by which roles'],
  [/^toxiproxy_/, 'a lab has a proxy in every link, at an address of its own'],
  [/^(k8s|kubernetes)_/, 'the environment declares the cluster and the namespace of each service'],
  [/^(vault_|dynamic_)/, 'an environment says where its secrets are'],
];

function sayConfiguration(
  work: ToolkitWork,
  entries: Variables['configuration'],
  used: ReadonlySet<string>,
): void {
  for (const { kind, node, name } of entries) {
    const to = `where \${${name}} stands`;
    const [, setting] = settings.find(([like]) => like.test(name)) ?? [];
    if (kind !== 'secret' && !used.has(name)) {
      refused(
        work,
        node,
        setting ?? 'no text of the experiment puts it in, and code that might read it is not run',
      );
      continue;
    }
    switch (kind) {
      case 'plain':
        mapped(work, node, to);
        break;
      case 'default':
        approximated(work, node, to, 'environment variables are never read, so its default counts');
        break;
      case 'secret':
        refused(
          work,
          node,
          `it looks like a secret, and is not taken over: where it is used stands its name, { secret: '${name}' }`,
        );
        break;
      case 'environment':
        refused(
          work,
          node,
          'environment variables are never read, and it has no default: write its value where it is used',
        );
        break;
      case 'dynamic':
        refused(
          work,
          node,
          'what a probe finds before the start is not known here: write its value where it is used',
        );
        break;
    }
  }
}

/** When Chaos Toolkit looks, and when it rolls back. */
function sayRuntime(work: ToolkitWork, runtime: Node | undefined): void {
  refused(work, runtime, 'it says nothing that can be chosen here');
  const hypothesis = under(under(runtime, 'hypothesis'), 'strategy');
  const rollbacks = under(under(runtime, 'rollbacks'), 'strategy');
  sayHypothesisStrategy(work, hypothesis);
  if (rollbacks?.value === 'always')
    mapped(work, rollbacks, 'rollbacks: they run on every path once a fault has started');
  else if (rollbacks?.value === 'never')
    refused(work, rollbacks, 'a fault that was started is always stopped, and what undoes it always run');
  else
    approximated(
      work,
      rollbacks,
      'rollbacks',
      'they run on every path once a fault has started, whatever came of it',
    );
}

function sayHypothesisStrategy(work: ToolkitWork, node: Node | undefined): undefined {
  const { value } = node ?? {};
  if (value === 'continuously' || value === 'continously')
    return mapped(work, node, 'steadyState: its probes look through baseline, fault and recovery');
  if (value === 'skip') return refused(work, node, 'a run without a look at steady state has no verdict');
  return approximated(
    work,
    node,
    'steadyState',
    'its probes look through baseline, fault and recovery, whatever the strategy',
  );
}

/** Says which of the tool's habits could have made a verdict better than what was seen, and what is done here. */
export function sayHabits(work: ToolkitWork, root: Node): void {
  if (under(root, 'steady-state-hypothesis') !== undefined)
    note(
      work,
      'a steady state that is missed before the method ends a run of Chaos Toolkit with exit code 0, and one that is missed only while the fault is in is not looked at; here the one is rejected (4), the other deviated (1)',
    );
  if (itemsOf(under(root, 'method')).length > 0)
    note(
      work,
      'an action that fails leaves a run of Chaos Toolkit completed; here a fault that did not bite makes it inconclusive (2)',
    );
}
