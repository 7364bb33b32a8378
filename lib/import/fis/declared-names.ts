import type { DeclaredName } from '../../fis/action.ts';
import { meaningOf } from '../../plan/named-resources.ts';
import { type PlanTarget, targetName } from '../../plan/plan-target.ts';
import type { Path } from '../field.ts';
import { freeName, nameFrom, quoted } from './names.ts';
import type { Work } from './work.ts';

interface Kind {
  /** Where an environment declares it. */
  readonly under: 'documents' | 'buckets' | 'prefixLists' | 'images' | 'guards';
  readonly what: string;
  /** How its declaration is written. */
  readonly written: (text: string) => string;
  /** The word for it where its text has none. */
  readonly fallback: string;
}

const kinds: Readonly<Record<DeclaredName, Kind>> = {
  document: {
    under: 'documents',
    what: 'the SSM document',
    written: (text) => `{ document: ${text} }`,
    fallback: 'document',
  },
  bucket: { under: 'buckets', what: 'the bucket', written: (text) => text, fallback: 'bucket' },
  prefixList: { under: 'prefixLists', what: 'the prefix list', written: (text) => text, fallback: 'list' },
  image: { under: 'images', what: 'the image', written: (text) => text, fallback: 'image' },
  guard: { under: 'guards', what: 'the alarm', written: (text) => `{ alarm: ${text} }`, fallback: 'guard' },
};

/**
 * The logical name of what a template names by its ARN or name: the one that the environment declares, else a new one, which has to be
 * declared there first.
 *
 * @param path where the definition uses it
 */
export function declaredName(
  kind: DeclaredName,
  text: string,
  path: Path,
  work: Work,
): { readonly name: string; readonly isDeclared: boolean } {
  const { under, what, written, fallback } = kinds[kind];
  const { place } = work;
  const known = place === undefined ? undefined : nameOf(kind, text, place);
  if (known !== undefined) return { name: known, isDeclared: true };
  const taken = new Set(place === undefined ? [] : Object.keys(place[under]));
  const short = shortName(text);
  const name = freeName(nameFrom(short) ?? fallback, taken);
  const where = place === undefined ? 'the environment' : targetName(place);
  work.decide(
    path,
    `${what} ${text} is not declared in ${where}: add ${under}: { ${name}: ${written(quoted(ownOf(text, short)))} } there, or name another`,
  );
  return { name, isDeclared: false };
}

/** Amazon's own documents have the same name everywhere; what else an ARN names is named in full. */
const ownOf = (text: string, short: string): string =>
  /^arn:[^:]*:ssm:[^:]*::document\//.test(text) ? short : text;

/** The last part of an ARN, or of the address of an image. */
const shortName = (text: string): string =>
  text.startsWith('arn:') ? (text.split(/[:/]/).at(-1) ?? text) : (text.split('/').at(-1) ?? text);

function nameOf(kind: DeclaredName, text: string, place: PlanTarget): string | undefined {
  const declared = Object.keys(place[kinds[kind].under]);
  const bucket = /^arn:[^:]*:s3:::(.+)$/.exec(text)?.[1];
  return declared.find((name) => {
    const meaning = meaningOf(kind, name, place);
    return (
      meaning === text ||
      (meaning !== undefined && (meaning === bucket || isAmazonsOwn(meaning, text))) ||
      (kind === 'document' && place.documents[name]?.document === text) ||
      (kind === 'guard' && place.guards[name]?.alarm === text)
    );
  });
}

/** Whether both are the same document of Amazon's, whatever the Region. */
function isAmazonsOwn(one: string, other: string): boolean {
  const [nameOfOne, nameOfOther] = [one, other].map(
    (arn) => /^arn:[^:]*:ssm:[^:]*::document\/(.+)$/.exec(arn)?.[1],
  );
  return nameOfOne !== undefined && nameOfOne === nameOfOther;
}
