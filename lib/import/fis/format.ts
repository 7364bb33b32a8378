import { idsOf } from '../../recipes/known-project.ts';
import type { Conversion, ImportContext, ImportFormat, Mended, Refusal } from '../contract.ts';
import { secretsIn } from '../secret-values.ts';
import type { Source } from '../source/source.ts';
import { accountForStack, isCloudFormation, otherAccountsIn } from './cloudformation.ts';
import { type Converted, convertTemplate } from './convert.ts';
import { accountForWrapper } from './fields.ts';
import { secretDefaultsIn } from './intrinsics.ts';
import { namedPlace } from './place.ts';
import { accountForCall, isOfFis, templatesIn } from './templates.ts';

/** Experiment templates of FIS: as its API and its command take and give them, in CloudFormation, and as a call of Python. */
export const fisFormat: ImportFormat = {
  id: 'fis',
  title: 'AWS FIS',
  recognises: isOfFis,
  convert(source, context): Conversion {
    accountForDocuments(source, context);
    const all: Converted[] = [];
    const secrets = new Map(source.documents.map((document) => [document, secretsIn(document.value)]));
    const taken = new Set(idsOf(context.project));
    for (const template of templatesIn(source, namedPlace(context))) {
      accountForWrapper(template, context.ledger(template.document));
      all.push(convertTemplate(template, context, taken, secrets.get(template.document) ?? []));
    }
    const refusals = [...otherAccounts(source), ...all.flatMap(({ work }) => work.refusals)];
    const mended = joined(all.flatMap(({ work }) => work.mending.result() ?? []));
    return {
      drafts: all.flatMap(({ drafts }) => drafts),
      decisions: all.flatMap(({ work }) => work.decisions),
      refusals,
      notes: [...new Set(all.flatMap(({ work }) => work.notes))],
      ...(mended === undefined ? {} : { mended }),
    };
  },
};

function accountForDocuments({ documents }: Source, context: ImportContext): void {
  for (const document of documents) {
    const ledger = context.ledger(document);
    if (document.python !== undefined) accountForCall(document, ledger);
    else if (isCloudFormation(document)) {
      accountForStack(document, ledger);
      for (const secret of secretDefaultsIn({ value: document.value, path: [] })) context.secret(secret);
    } else if (!isOfFis(document)) ledger.refused([], 'the document is no experiment template');
  }
}

const otherAccounts = ({ documents }: Source): Refusal[] =>
  documents.flatMap((document) =>
    otherAccountsIn(document).map(({ path }) => ({
      code: 'multi-account',
      document: document.index,
      path,
      message:
        'lets an experiment reach another account, to which no environment of this one could confine it',
      hint: 'take it out, and import the template once for the environment of each account',
    })),
  );

/** What was mended in several templates, as one difference. */
function joined(all: readonly Mended[]): Mended | undefined {
  if (all.length === 0) return undefined;
  return {
    before: all.map(({ before }) => before).join(''),
    after: all.map(({ after }) => after).join(''),
    why: all.flatMap(({ why }) => why),
  };
}
