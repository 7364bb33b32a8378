import type { FisAction } from '../fis/action.ts';

/** The kind of an S3 bucket's ARN, which says neither account nor Region. */
export const bucketKind = 's3:*';

/** The kinds of ARNs that an action's targets must be declared as, although FIS finds them by tag; none where the tag is enough. */
export function targetKindsOf({ permissions, target }: FisAction): readonly string[] {
  if (target?.resourceType === 'aws:s3:bucket') return [bucketKind];
  return permissions.flatMap(({ confinedBy, when }) =>
    typeof confinedBy === 'object' && 'fisTargets' in confinedBy && when === undefined
      ? [confinedBy.targets]
      : [],
  );
}
