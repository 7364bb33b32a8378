import { valueAt } from '../../definitions/value-at.ts';
import type { ExperimentDefinition } from '../../experiment/experiment.ts';
import { experimentSchema } from '../../experiment/experiment.ts';
import { type LabDefinition, labSchema } from '../../experiment/lab.ts';
import type { Draft, ImportFormat, Refusal } from '../contract.ts';

/** Steadfast's own definitions, so that what was imported once can be imported again: nothing changes. */
export const steadfastFormat: ImportFormat = {
  id: 'steadfast',
  title: 'Steadfast',
  recognises: ({ value }) =>
    (valueAt(value, ['steadyState']) !== undefined && valueAt(value, ['faults']) !== undefined) ||
    (valueAt(value, ['services']) !== undefined && valueAt(value, ['id']) !== undefined),
  convert(source, context) {
    const drafts: Draft[] = [];
    const refusals: Refusal[] = [];
    for (const document of source.documents) {
      const draft = draftOf(document.value);
      if (draft === undefined) {
        context.ledger(document).refused([], 'the definition is not valid');
        refusals.push({
          code: 'invalid',
          document: document.index,
          path: [],
          message: 'is a definition of Steadfast already, and not a valid one',
          hint: `steadfast check ${source.name} says what is wrong with it`,
        });
        continue;
      }
      drafts.push(draft);
      context.ledger(document).mapped([], `${draft.definition.id}: the same`);
    }
    return { drafts, decisions: [], refusals };
  },
};

function draftOf(value: unknown): Draft | undefined {
  if (isExperiment(value)) return { kind: 'experiment', definition: value };
  return isLab(value) ? { kind: 'lab', definition: value } : undefined;
}

const isExperiment = (value: unknown): value is ExperimentDefinition =>
  experimentSchema.safeParse(value).success;

const isLab = (value: unknown): value is LabDefinition => labSchema.safeParse(value).success;
