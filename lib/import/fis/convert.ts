import { longestId } from '../../experiment/names.ts';
import { fisLimits } from '../../fis/limits.ts';
import type { Draft, ImportContext } from '../contract.ts';
import { withoutSecrets } from '../secret-values.ts';
import { type ReadAction, readActions } from './actions.ts';
import { definitionOf, isExperiment } from './definition.ts';
import { faultOf, readTargets } from './faults.ts';
import { readFields } from './fields.ts';
import { readGuards } from './guards.ts';
import { Mending } from './mending.ts';
import { freeName, idFrom } from './names.ts';
import { memberOf } from './node.ts';
import { readOrder } from './order.ts';
import { hintForPlace, placeOf } from './place.ts';
import { stagesOf } from './stages.ts';
import { type Course, courseOf } from './steps.ts';
import { pathOf, type Template } from './template.ts';
import { type Words, wordsOf } from './words.ts';
import { Work } from './work.ts';

/** What comes of one template. */
export interface Converted {
  readonly work: Work;
  readonly drafts: readonly Draft[];
}

/**
 * @param taken the ids that others have; those of what comes of the template are added
 * @param secrets what looks like a secret in the document
 */
export function convertTemplate(
  template: Template,
  context: ImportContext,
  taken: Set<string>,
  secrets: readonly string[],
): Converted {
  const words = wordsOf(template);
  const wanted = idFrom(words.name);
  const id = freeName(wanted === '' ? 'from-fis' : wanted, taken, longestId);
  taken.add(id);
  const place = placeOf(template, context);
  const work = new Work(template, context, place, id, new Mending(template));
  unpacked(work);
  readFields(work);
  work.ledger.approximated(
    pathOf(template.node, 'description', template),
    work.to('title, description'),
    'a title says what is shown to be true, which is yet to be decided',
  );
  const guards = readGuards(work);
  const actions = readActions(work);
  const course = courseOf(actions, work);
  readOrder(actions, course, work);
  if (course === undefined) {
    accountForRest(work);
    confined(work);
    return { work, drafts: [] };
  }
  const ids = idsOfCourse(course, id, taken, work);
  const definitions = definitionsOf({ actions, course, ids, words, guards }, work);
  confined(work);
  return {
    work,
    drafts: work.refusals.length > 0 ? [] : draftsOf(definitions, [...secrets, ...work.secrets], work),
  };
}

/** An experiment without an environment could be let loose anywhere. */
function confined(work: Work): void {
  const { place, context, template, refusals } = work;
  if (place !== undefined || refusals.some(({ code }) => code === 'no-environment-tag')) return;
  work.refuse(template.node.path, {
    code: 'no-environment',
    message: 'is confined to no environment',
    hint: hintForPlace(context),
  });
}

/** A call that is given a dictionary nobody can read. */
function unpacked(work: Work): void {
  for (const stars of ['*', '**']) {
    const node = memberOf(work.template.node, stars);
    if (work.template.document.python !== undefined && node !== undefined)
      work.unreadable(node, 'argument of the call');
  }
}

/** Where no fault can be told, targets and parameters are not taken over either. */
function accountForRest(work: Work): void {
  const { template, ledger } = work;
  const why = 'no experiment comes of the template';
  ledger.refused(pathOf(template.node, 'targets', template), why);
  ledger.refused(pathOf(template.node, 'actions', template), why);
}

/** The ids of the definitions, and which faults belong to which. */
function idsOfCourse(course: Course, id: string, taken: Set<string>, work: Work): string[] {
  const ids: string[] = [];
  for (const steps of course.experiments) {
    const own = ids.length === 0 ? id : freeName(id, taken, longestId);
    ids.push(own);
    taken.add(own);
    for (const { name } of steps.flatMap(({ actions }) => actions))
      work.ids.set(course.faults.get(name) ?? '', own);
  }
  if (ids.length > 1)
    work.note(
      `steps of different faults follow each other: each is an experiment of its own, and a campaign runs them one after the other: ${ids.join(', ')}`,
    );
  return ids;
}

function definitionsOf(
  parts: {
    readonly actions: readonly ReadAction[];
    readonly course: Course;
    readonly ids: readonly string[];
    readonly words: Words;
    readonly guards: readonly string[];
  },
  work: Work,
): Readonly<Record<string, unknown>>[] {
  const { actions, course, ids, words, guards } = parts;
  const targets = readTargets(actions, course, work);
  return course.experiments.map((steps, index) => {
    const id = ids[index] ?? work.id;
    const faults = new Map<string, Readonly<Record<string, unknown>>>();
    for (const read of steps.flatMap((step) => step.actions)) {
      const name = course.faults.get(read.name) ?? '';
      const fault = faultOf(read, name, targets, work);
      if (fault !== undefined && !faults.has(name)) faults.set(name, fault);
    }
    const { stages, wholeMs } = stagesOf(steps, targets, id, work);
    if (wholeMs > fisLimits.experimentMs)
      work.refuse(pathOf(work.template.node, 'actions', work.template), {
        code: 'too-long',
        message: 'lasts longer than the 12 hours that FIS allows',
        hint: 'shorten it, or split it',
      });
    const title = ids.length === 1 ? words.title : `${words.title} (step ${index + 1})`;
    const beforeMs = index === 0 ? course.beforeMs : 0;
    return definitionOf({ id, words: { ...words, title }, faults, stages, guards, beforeMs }, work);
  });
}

/** Definitions that fit, also once all secrets are taken out of them. */
function draftsOf(
  definitions: readonly Readonly<Record<string, unknown>>[],
  secrets: readonly string[],
  work: Work,
): Draft[] {
  const { template } = work;
  return definitions.flatMap((definition): Draft[] => {
    if (isExperiment(definition) && isExperiment(withoutSecrets<unknown>(definition, secrets)))
      return [{ kind: 'experiment', definition }];
    const hasSecret = isExperiment(definition);
    work.refuse(template.node.path, {
      code: hasSecret ? 'secret' : 'unfit-template',
      message: hasSecret
        ? 'holds what looks like a secret where a definition needs a name or a number'
        : 'holds what no definition can say',
      hint: hasSecret
        ? 'call it otherwise there, or write the definition by hand: steadfast new'
        : 'write the definition by hand: steadfast new',
    });
    return [];
  });
}
