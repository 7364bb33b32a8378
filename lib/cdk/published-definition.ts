import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { EnvironmentDefinition } from '../experiment/environment.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { canonicalJson } from '../plan/canonical-json.ts';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import { sha256 } from '../plan/hash.ts';

/** Parameter Store keeps 4 KB of a parameter (standard tier). The text is ASCII, so that characters are bytes. */
const longestPart = 4_096;

/**
 * Publishes an environment's definition under `/steadfast/<id>/definition`: `1` to `n` are its parts, `count` says how many there are,
 * and `sha256` what they are together. An app in another repository reads it when it is synthesized.
 */
export function publishDefinition(
  scope: Construct,
  names: EnvironmentNames,
  definition: EnvironmentDefinition,
): void {
  const text = definitionText(definition);
  const parts = partsOf(text);
  const values = {
    count: String(parts.length),
    sha256: sha256(text),
    ...Object.fromEntries(parts.map((part, index) => [String(index + 1), part])),
  };
  for (const [name, stringValue] of Object.entries(values)) {
    new StringParameter(scope, `Definition-${name}`, {
      parameterName: names.parameter(`definition/${name}`),
      stringValue,
    });
  }
}

/**
 * A definition as JSON that Parameter Store takes: ASCII alone, and without the double braces by which it would take it for a
 * reference.
 */
export const definitionText = (definition: EnvironmentDefinition): string =>
  canonicalJson(definition)
    .replaceAll(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('{{', '{\\u007b');

/** Cuts a text into parts, none of which begins or ends in white space, which might be taken away. */
function partsOf(text: string): string[] {
  if (text.length <= longestPart) return [text];
  let end = longestPart;
  while (end > 1 && (text[end - 1] === ' ' || text[end] === ' ')) end -= 1;
  return [text.slice(0, end), ...partsOf(text.slice(end))];
}

/**
 * Reads what was published, through CDK's lookups. Undefined while CDK has not looked yet: it then synthesizes again.
 *
 * @throws {SteadfastError} `invalid` where the parts do not belong together
 */
export function lookUpDefinition(scope: Construct, environment: string): string | undefined {
  const read = (name: string): string | undefined => {
    const parameter = `/steadfast/${environment}/definition/${name}`;
    const value = StringParameter.valueFromLookup(scope, parameter);
    return value === `dummy-value-for-${parameter}` ? undefined : value;
  };
  const [count, hash] = [read('count'), read('sha256')];
  if (count === undefined || hash === undefined) return undefined;
  const parts = Array.from({ length: Number(count) }, (_, index) => read(String(index + 1)));
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const text = known.join('');
  if (sha256(text) === hash) return text;
  throw new SteadfastError(
    'invalid',
    `the parts of the definition of '${environment}' in cdk.context.json do not belong together: look them up again (npx cdk context --clear)`,
  );
}
