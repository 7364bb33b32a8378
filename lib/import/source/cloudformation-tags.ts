import { type CollectionTag, Pair, Scalar, type ScalarTag, YAMLMap, YAMLSeq } from 'yaml';

/** The functions that CloudFormation's templates write as tags (user guide, intrinsic functions, read November 2026). */
const functions = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

const keys: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...functions.map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

const onText = ([tag, key]: [string, string]): ScalarTag => ({
  tag,
  resolve: (text) => ({ [key]: key === 'Fn::GetAtt' ? partsOf(text) : text }),
});

/** `Role.Arn` is the attribute `Arn` of `Role`; what follows the first dot is one attribute. */
function partsOf(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

const onCollection =
  (collection: 'seq' | 'map') =>
  ([tag, key]: [string, string]): CollectionTag => ({
    tag,
    collection,
    nodeClass: collection === 'seq' ? YAMLSeq : YAMLMap,
    resolve: (value) => {
      const node = new YAMLMap();
      const name = new Scalar(key);
      if (value.range !== undefined) name.range = value.range;
      node.items.push(new Pair(name, value));
      return node;
    },
  });

/** Short intrinsic functions as the maps that they are short for: `!Ref Alarm` is `{ Ref: 'Alarm' }`. */
export const cloudformationTags: readonly (ScalarTag | CollectionTag)[] = [
  ...[...keys].map(onText),
  ...[...keys].map(onCollection('seq')),
  ...[...keys].map(onCollection('map')),
];
