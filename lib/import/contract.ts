import type { ExperimentDefinition } from '../experiment/experiment.ts';
import type { LabDefinition } from '../experiment/lab.ts';
import type { KnownProject } from '../recipes/known-project.ts';
import type { Path } from './field.ts';
import type { Ledger } from './ledger.ts';
import type { Source, SourceDocument } from './source/source.ts';

/** Something that the source does not say and a person has to: the definition holds a proposal meanwhile. */
export interface Decision {
  /** The id of the definition. */
  readonly definition: string;
  /** Where in the definition; empty for what has to be declared elsewhere, such as in an environment. */
  readonly path: Path;
  readonly question: string;
  /**
   * The host that it is about, as `--map` wants it, where nothing speaks for which service it is here (empty where the URL has none):
   * what is asked there may be something else altogether, so nothing is rehearsed before it is mapped.
   */
  readonly unmapped?: string;
}

/** Why nothing safe can be made of the source. */
export interface Refusal {
  /** Stable, in kebab-case. */
  readonly code: string;
  readonly document: number;
  readonly path: Path;
  readonly line?: number;
  readonly message: string;
  readonly hint: string;
  /** Whether `--fix` mends it. */
  readonly fixable?: true;
}

/** What `--fix` changed in the source's own terms, so that a person can see it as a difference of two texts. */
export interface Mended {
  readonly before: string;
  readonly after: string;
  /** What was mended and why, a sentence each. */
  readonly why: readonly string[];
}

/** A definition that came out: it fits its schema, and its decisions are still open. */
export type Draft =
  | { readonly kind: 'experiment'; readonly definition: ExperimentDefinition }
  | { readonly kind: 'lab'; readonly definition: LabDefinition };

/** What a format makes of a source. */
export interface Conversion {
  readonly drafts: readonly Draft[];
  readonly decisions: readonly Decision[];
  readonly refusals: readonly Refusal[];
  readonly mended?: Mended;
  /** What else a person should know, a sentence each: mappings that were chosen, traps of the format that were mended. */
  readonly notes?: readonly string[];
}

/** What a format may know beside the source. */
export interface ImportContext {
  readonly project: KnownProject;
  /** The environment that the experiment is to be deployed to, by id: it is one of the project's. */
  readonly environment?: string;
  /** The lab that it is to be rehearsed in, by id. */
  readonly lab?: string;
  /** What hosts and targets of the source are called here: `{ 'api.myapp.com': 'shop' }`. */
  readonly map: Readonly<Record<string, string>>;
  /** Whether what is unsafe is to be mended rather than refused. */
  readonly fix: boolean;
  /** The account of the fields of a document. */
  readonly ledger: (document: SourceDocument) => Ledger;
  /** Says that a text of the source is secret, so that it comes out nowhere. */
  readonly secret: (text: string) => void;
}

/** A format that can be taken in. Its functions are pure and total: whatever the document holds, they return. */
export interface ImportFormat {
  /** As `--format` names it. */
  readonly id: string;
  /** As people call it. */
  readonly title: string;
  /** Whether a document is of this format, however broken. */
  readonly recognises: (document: SourceDocument) => boolean;
  readonly convert: (source: Source, context: ImportContext) => Conversion;
}
