import { experimentSchema } from '../../experiment/experiment.ts';
import { longestId } from '../../experiment/names.ts';
import { freeId } from '../../recipes/free-id.ts';
import { idsOf } from '../../recipes/known-project.ts';
import type { Conversion, Decision, Draft, ImportContext, ImportFormat, Refusal } from '../contract.ts';
import { groundOf } from '../drafting/ground.ts';
import { isData, type Node } from '../drafting/node.ts';
import { refuse, refused } from '../drafting/work.ts';
import { secretsIn, withoutSecrets } from '../secret-values.ts';
import type { SourceDocument } from '../source/source.ts';
import { namedActivities } from './activity.ts';
import { definitionOf, sayWhatCheckSays, steadyStateFor } from './definition.ts';
import { hypothesisOf } from './hypothesis.ts';
import { methodOf } from './method.ts';
import { rollbacksOf } from './rollbacks.ts';
import type { ToolkitWork } from './toolkit-work.ts';
import { sayHabits, sayTopLevel, titleOf, wordsOf } from './top-level.ts';
import { variablesOf } from './variables.ts';

/** Experiments of Chaos Toolkit, in JSON or YAML. */
export const chaosToolkitFormat: ImportFormat = {
  id: 'chaos-toolkit',
  title: 'Chaos Toolkit',
  recognises: ({ value }) =>
    isData(value) &&
    !Object.hasOwn(value, 'apiVersion') &&
    (Object.hasOwn(value, 'steady-state-hypothesis') || Array.isArray(value['method'])),
  convert(source, context) {
    const conversions: Conversion[] = [];
    for (const document of source.documents)
      conversions.push(convertDocument(document, context, conversions));
    return {
      drafts: conversions.flatMap(({ drafts }) => drafts),
      decisions: conversions.flatMap(({ decisions }) => decisions),
      refusals: conversions.flatMap(({ refusals }) => refusals),
      notes: [...new Set(conversions.flatMap(({ notes = [] }) => notes))],
    };
  },
};

/** What an experiment is called whose source has no title. */
const untitled = 'Imported from Chaos Toolkit';

function convertDocument(
  document: SourceDocument,
  context: ImportContext,
  before: readonly Conversion[],
): Conversion {
  const root: Node = { path: [], value: document.value };
  const said = variablesOf(root);
  const secrets = [...said.secretTexts];
  const keep = (text: string): void => {
    secrets.push(text);
    context.secret(text);
  };
  for (const text of said.secretTexts) context.secret(text);
  const title = titleOf(root, said) ?? untitled;
  const taken = before.flatMap(({ drafts }) => drafts.map(({ definition }) => definition.id));
  const work: ToolkitWork = {
    id: freeId(idLike(title), [...idsOf(context.project), ...taken]),
    document: document.index,
    context: { ...context, secret: keep },
    ledger: context.ledger(document),
    ground: groundOf(context),
    variables: said.variables,
    activities: namedActivities(root),
    decisions: [],
    refusals: [],
    notes: [],
  };
  const draft = isData(root.value) ? draftOf(work, root, title, said) : notAnExperiment(work, root);
  const drafts = draft === undefined ? [] : [draft];
  const clean = withoutWords(work, drafts, [...secrets, ...secretsIn(root.value)]);
  return { drafts: clean, ...sayings(work) };
}

const sayings = ({
  decisions,
  refusals,
  notes,
}: ToolkitWork): { decisions: Decision[]; refusals: Refusal[]; notes: string[] } => ({
  decisions,
  refusals,
  notes,
});

/** An id begins with a letter, and ends with a whole word of the title. */
function idLike(title: string): string {
  const letters = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  const words = letters.length > longestId ? letters.slice(0, longestId + 1).replace(/-[^-]*$/, '') : letters;
  return words === '' ? 'imported' : words;
}

function notAnExperiment(work: ToolkitWork, root: Node): undefined {
  refused(work, root, 'it is no experiment of Chaos Toolkit: that is a map with a method');
  refuse(work, [], {
    code: 'no-experiment',
    message: 'is no experiment of Chaos Toolkit: that is a map with a method',
    hint: 'keep it in a file of its own',
  });
  return undefined;
}

function draftOf(
  work: ToolkitWork,
  root: Node,
  title: string,
  said: ReturnType<typeof variablesOf>,
): Draft | undefined {
  const words = wordsOf(work, root, title);
  sayTopLevel(work, root, said);
  const hypothesis = hypothesisOf(work, root);
  const method = methodOf(work, root);
  const steadyState = steadyStateFor(work, hypothesis, method);
  const rollbacks = rollbacksOf(work, root, method, Object.keys(steadyState));
  sayHabits(work, root);
  const definition = definitionOf(work, { words, hypothesis, method, steadyState, rollbacks });
  if (definition === undefined) return undefined;
  sayWhatCheckSays(work, definition);
  return { kind: 'experiment', definition };
}

/** A secret that is also a word which the definition needs, such as the name of a service, would leave a hole in it. */
function withoutWords(
  work: ToolkitWork,
  drafts: readonly Draft[],
  secrets: readonly string[],
): readonly Draft[] {
  return drafts.filter(({ definition }) => {
    if (experimentSchema.safeParse(withoutSecrets(definition, secrets)).success) return true;
    refuse(work, [], {
      code: 'secret-in-the-way',
      message: 'a secret of it is also a word that the definition needs, such as the name of a service',
      hint: 'put a placeholder in the place of the secret, and import it again',
    });
    return false;
  });
}
