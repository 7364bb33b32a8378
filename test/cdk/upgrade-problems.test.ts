import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import previousCore from './previous/core-0.1.0.json' with { type: 'json' };
import { type CloudFormation, templateSchema } from './synthesis.ts';
import { upgradeProblems } from './upgrade-problems.ts';

describe('an upgrade that would lose journals', () => {
  const previous = templateSchema.parse(previousCore);
  const [tableId, bucketId] = ['TableCD117FA1', 'Journals121E3A79'];

  /** The previous stack with a resource changed, or taken away. */
  function changed(logicalId: string, change: object | undefined): CloudFormation {
    const { [logicalId]: resource, ...others } = previous.Resources;
    const written = change === undefined ? others : { ...others, [logicalId]: { ...resource, ...change } };
    return templateSchema.parse({ ...previous, Resources: written });
  }

  const propertiesOf = (logicalId: string) =>
    z.looseObject({}).parse(previous.Resources[logicalId]?.Properties);

  it.each([
    [
      'another type in its place',
      templateSchema.parse({ Resources: { ...previous.Resources, [bucketId]: previous.Resources[tableId] } }),
      [`${bucketId}: is no longer there as AWS::S3::Bucket`],
    ],
    ['its removal', changed(bucketId, undefined), [`${bucketId}: is no longer there as AWS::S3::Bucket`]],
    [
      'another name',
      changed(bucketId, { Properties: { ...propertiesOf(bucketId), BucketName: 'another' } }),
      [`${bucketId}: BucketName changes, which replaces it`],
    ],
    [
      'other keys',
      changed(tableId, {
        Properties: { ...propertiesOf(tableId), KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      }),
      [`${tableId}: KeySchema changes, which replaces it`],
    ],
    [
      'a policy that deletes',
      changed(tableId, { DeletionPolicy: 'Delete' }),
      [`${tableId}: its DeletionPolicy is "Delete", which deletes it`],
    ],
    [
      'no policy',
      changed(bucketId, { UpdateReplacePolicy: undefined }),
      [`${bucketId}: its UpdateReplacePolicy is undefined, which deletes it`],
    ],
  ])('is found: %s', (_, next, problems) => {
    expect(upgradeProblems({ previous, next }, ['AWS::KMS::Key', 'AWS::Logs::LogGroup'])).toEqual(problems);
  });
});
