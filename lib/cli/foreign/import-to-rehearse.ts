import { basename, extname, relative } from 'node:path';
import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import type { Project } from '../../definitions/project.ts';
import { type ExperimentDefinition, experimentSchema } from '../../experiment/experiment.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Decision, Refusal } from '../../import/contract.ts';
import { type Imported, type ImportResult, importSource } from '../../import/import-source.ts';
import { asJson } from '../../plan/canonical-json.ts';
import { hashOf, sha256 } from '../../plan/hash.ts';
import type { ImportedFrom } from '../../run/imported-from.ts';
import type { Journal } from '../../run/journal.ts';
import { knownProjectOf } from '../new/known-project.ts';
import { pathText } from '../print-problems.ts';
import type { ForeignFile } from './foreign-file.ts';

/** Why it is refused, and how to mend that. */
interface Reason {
  readonly message: string;
  readonly hint: string;
}

/** What becomes of an experiment of another tool that is to be rehearsed as it stands. */
export type ForeignExperiment =
  | {
      readonly kind: 'experiment';
      readonly experiment: LoadedExperiment;
      readonly importedFrom: ImportedFrom;
    }
  | {
      readonly kind: 'refused';
      /** As its record names it. */
      readonly experiment: Journal['experiment'] & { readonly importedFrom: ImportedFrom };
      readonly reasons: readonly Reason[];
    };

/**
 * Takes in an experiment of another tool, to be rehearsed in a lab. It is refused where nothing safe comes of it, and where nothing says
 * what a host of it is here: decisions that are left open otherwise stop nothing, since the definition holds a proposal.
 *
 * @throws SteadfastError `invalid` where not one experiment comes of it
 */
export function importToRehearse(
  source: ForeignFile,
  project: Project,
  lab: LoadedLab,
  map: Readonly<Record<string, string>>,
): ForeignExperiment {
  const { name, file, bytes, format } = source;
  const result = importSource(name, bytes, {
    project: knownProjectOf(project),
    lab: lab.id,
    map,
    fix: false,
    format,
  });
  const importedFrom = originOf(result, source, project);
  const reasons = result.refusals.map((refusal) => reasonOf(refusal, importedFrom.file));
  if (reasons.length > 0)
    return { kind: 'refused', experiment: { ...withoutDefinition(name), importedFrom }, reasons };
  const definition: ExperimentDefinition = { ...onlyExperiment(result.definitions, name), lab: lab.id };
  const unmapped = result.decisions.flatMap((decision) => whyUnmapped(decision, lab));
  const { id, title } = definition;
  if (unmapped.length === 0) {
    // What is imported fits its schema.
    const parsed = experimentSchema.parse(definition);
    const experiment = { id, file, definition, parsed, lineOf: () => undefined };
    return { kind: 'experiment', experiment, importedFrom };
  }
  const told = { id, title, hash: hashOf(definition), definition: asJson(definition), importedFrom };
  return { kind: 'refused', experiment: told, reasons: unmapped };
}

/** What the run's record says of where it came from. */
const originOf = (
  { fields, decisions, notes }: ImportResult,
  { file, bytes, format }: ForeignFile,
  { root }: Project,
): ImportedFrom => {
  const ofOutcome = (asked: 'approximated' | 'refused') =>
    fields.flatMap(({ outcome, path, why }) =>
      outcome === asked ? [{ path: pathText(path), why: why ?? '' }] : [],
    );
  const seen = relative(root, file);
  return {
    // Where a machine keeps its folders is nobody's business.
    file: seen.startsWith('..') ? basename(file) : seen,
    format,
    sha256: sha256(bytes),
    notes: [...notes],
    approximated: ofOutcome('approximated'),
    refused: ofOutcome('refused'),
    open: decisions.map(({ path, question }) => ({ path: pathText(path), question })),
  };
};

/** What nothing came of is called after its file. */
function withoutDefinition(
  name: string,
): Pick<Journal['experiment'], 'id' | 'title' | 'hash' | 'definition'> {
  const title = basename(name);
  const id = basename(name, extname(name))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { id: id === '' ? 'imported' : id, title, hash: hashOf(null), definition: null };
}

function onlyExperiment(definitions: readonly Imported[], name: string): ExperimentDefinition {
  const experiments = definitions.flatMap((one) => (one.kind === 'experiment' ? [one.definition] : []));
  const [first] = experiments;
  if (first !== undefined && experiments.length === 1) return first;
  throw new SteadfastError(
    'invalid',
    first === undefined
      ? `${name} holds no experiment: what comes of it is a lab`
      : `${name} holds ${experiments.length} experiments: ${experiments.map(({ id }) => id).join(', ')}`,
    {
      hint: `steadfast import ${name} --out experiments writes each into a file of its own, where it can be rehearsed`,
    },
  );
}

/** Why nothing came of it. A rehearsal mends nothing, and knows no environment: those hints are for the import. */
function reasonOf({ path, message, hint, fixable }: Refusal, file: string): Reason {
  const mended = fixable === true ? `${hint}; steadfast import --fix does so` : hint;
  return {
    message: `${[file, pathText(path)].filter(Boolean).join(' ')}: ${message}`,
    hint: /--(env|fix)\b/.test(hint) ? `${mended} (of steadfast import)` : mended,
  };
}

function whyUnmapped({ unmapped }: Decision, lab: LoadedLab): Reason[] {
  if (unmapped === undefined) return [];
  const services = Object.keys(lab.parsed.services).join(', ');
  return [
    unmapped === ''
      ? {
          message: `nothing says which service of the lab ${lab.id} a URL without a host is for`,
          hint: `give it a host, and say which of ${services} that is with --map HOST=SERVICE`,
        }
      : {
          message: `nothing says which service of the lab ${lab.id} the host ${unmapped} is`,
          hint: `say so with --map ${unmapped}=SERVICE; the lab has ${services}`,
        },
  ];
}
