import type * as z from 'zod';
import { experimentSchema } from '../experiment/experiment.ts';
import { labSchema } from '../experiment/lab.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import type {
  Conversion,
  Decision,
  Draft,
  ImportContext,
  ImportFormat,
  Mended,
  Refusal,
} from './contract.ts';
import { definitionYaml } from './definition-yaml.ts';
import type { Field } from './field.ts';
import { formats } from './formats.ts';
import { Ledger } from './ledger.ts';
import { secretsIn, withoutSecrets } from './secret-values.ts';
import { readSource } from './source/read-source.ts';
import type { Source, SourceDocument } from './source/source.ts';
import { steadfastFormat } from './steadfast/format.ts';
import { withoutReferences } from './steadfast/without-references.ts';

/** How a file is to be taken in. */
export interface ImportOptions extends Omit<ImportContext, 'ledger' | 'secret'> {
  /** The format by id; recognised from the content where absent. */
  readonly format?: string;
}

/** A definition with the text of its file. */
export type Imported = Draft & { readonly text: string };

/** What came of a file. Nothing in it repeats a secret of the source. */
export interface ImportResult {
  /** The format's id; absent where the file cannot be read or recognised. */
  readonly format?: string;
  /** Nothing where there is a refusal: what cannot be made safe is not made. */
  readonly definitions: readonly Imported[];
  readonly fields: readonly Field[];
  readonly decisions: readonly Decision[];
  readonly refusals: readonly Refusal[];
  readonly mended?: Mended;
  readonly notes: readonly string[];
  /** Why the file cannot be read at all. */
  readonly problems: readonly Problem[];
}

const nothing = { definitions: [], fields: [], decisions: [], refusals: [], notes: [], problems: [] };

/** Takes a file in. Never throws for anything that a file may hold. */
export function importSource(name: string, bytes: Uint8Array, options: ImportOptions): ImportResult {
  const read = readSource(name, bytes);
  if ('problems' in read) return { ...nothing, problems: read.problems };
  const format = formatOf(read.source, options.format);
  if (format === undefined) {
    const problem = {
      code: 'unknown-format',
      path: [],
      file: name,
      message: 'is in no format that can be imported',
      hint: `these are: ${formats.map(({ id, title }) => `${id} (${title})`).join(', ')}; name one with --format`,
    };
    return { ...nothing, problems: [problem] };
  }
  return { format: format.id, problems: [], ...convert(format, read.source, options) };
}

/** The format that a file is recognised to be in; undefined where it cannot be read, or is in none. */
export function recognisedFormat(name: string, bytes: Uint8Array): ImportFormat | undefined {
  const read = readSource(name, bytes);
  return 'problems' in read ? undefined : formatOf(read.source, undefined);
}

const formatOf = ({ documents }: Source, asked: string | undefined): ImportFormat | undefined =>
  formats.find(({ id, recognises }) => (asked === undefined ? documents.some(recognises) : id === asked));

function convert(format: ImportFormat, source: Source, options: ImportOptions) {
  const ledgers = new Map<number, Ledger>();
  const isOwn = format.id === steadfastFormat.id;
  const secrets = source.documents.flatMap(({ value }) =>
    secretsIn(isOwn ? withoutReferences(value) : value),
  );
  const ledger = (document: SourceDocument): Ledger => {
    const known = ledgers.get(document.index) ?? new Ledger(document, format.title);
    ledgers.set(document.index, known);
    return known;
  };
  const conversion = format.convert(source, { ...options, ledger, secret: (text) => secrets.push(text) });
  const refusals = conversion.refusals.map((refusal) => placed(refusal, source));
  const clean = withoutSecrets({ ...conversion, refusals }, secrets);
  const fields = source.documents.flatMap((document) => ledger(document).fields());
  return {
    ...definitionsOf(clean, source, format, secrets),
    fields: withoutSecrets(fields, secrets),
    ...(clean.mended === undefined ? {} : { mended: clean.mended }),
    notes: clean.notes ?? [],
  };
}

/** The drafts as files, unless anything stands against them; a draft that does not fit its schema is a refusal as well. */
function definitionsOf(
  { drafts, decisions, refusals }: Conversion,
  source: Source,
  format: ImportFormat,
  secrets: readonly string[],
): Pick<ImportResult, 'definitions' | 'decisions' | 'refusals'> {
  const unfit = drafts.flatMap((draft) => unfitness(draft));
  const all = [...refusals, ...unfit];
  if (all.length === 0 && drafts.length === 0) all.push(nothingMade(source));
  if (all.length > 0) return { definitions: [], decisions: [], refusals: all };
  // What is Steadfast's already keeps its comments and its order.
  const isOwn = format.id === steadfastFormat.id && drafts.length === 1;
  const definitions = drafts.map((draft) => {
    const its = decisions.filter(({ definition }) => definition === draft.definition.id);
    const text = isOwn
      ? withoutSecrets(source.text, secrets)
      : definitionYaml(draft, its, `${source.name} (${format.title})`);
    return { ...draft, text };
  });
  return { definitions, decisions, refusals: [] };
}

/** What a schema has against a draft: what was taken over from the source has no place in a definition. */
function unfitness({ kind, definition }: Draft): Refusal[] {
  const schema: z.ZodType = kind === 'experiment' ? experimentSchema : labSchema;
  const parsed = schema.safeParse(definition);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    return {
      code: 'unfit',
      document: 0,
      path: [],
      message: `what would come of it is no valid ${kind}: ${path.join('.')}: ${issue.message}`,
      hint: 'change the source there, or write the definition by hand: steadfast new',
    };
  });
}

const nothingMade = ({ documents }: Source): Refusal => ({
  code: 'nothing-to-import',
  document: documents[0]?.index ?? 0,
  path: [],
  message: 'holds nothing that an experiment could be made of',
  hint: 'the report says of each field why',
});

function placed(refusal: Refusal, { documents }: Source): Refusal {
  const line = documents.find(({ index }) => index === refusal.document)?.lineOf(refusal.path);
  return line === undefined || refusal.line !== undefined ? refusal : { ...refusal, line };
}
