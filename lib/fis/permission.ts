/**
 * How IAM confines one permission of FIS's role (checked against AWS's service authorization reference of September 2026):
 * - `tag`: only resources with the environment tag (`aws:ResourceTag`);
 * - `managedInstanceTag`: SSM's managed instances with the environment tag, and Amazon's own FIS documents;
 * - `madeByFis`: only what FIS made itself and tagged `managedByFIS=true`;
 * - `makingForFis`: only making things that are tagged so as they are made;
 * - `taggingForFis`: only tagging what is being made, by the call named;
 * - `declared`, `prefix`, `fisTargets`: only what an environment declares (a resource; a prefix of objects; the targets' own ARNs by the
 *   condition key named);
 * - `none`: not at all, with the reason.
 */
type Confinement =
  | 'tag'
  | 'managedInstanceTag'
  | 'madeByFis'
  | 'makingForFis'
  | { readonly taggingForFis: string }
  | { readonly declared: string }
  | { readonly prefix: string }
  | { readonly fisTargets: string }
  | { readonly none: string };

/** One permission of the FIS role, and how IAM can confine it. */
export interface FisPermission {
  readonly action: string;
  /** The resources of one type it is asked on, where a call touches several: `ec2:subnet/*`. All of them where absent. */
  readonly on?: string;
  readonly confinedBy: Confinement;
  /** When it is needed, where that is not always. */
  readonly when?: string;
}

/** What an environment would have to declare for a permission to be given; undefined where it needs nothing. */
export function declarationFor({ confinedBy }: FisPermission): string | undefined {
  if (typeof confinedBy === 'string') return undefined;
  if ('declared' in confinedBy) return confinedBy.declared;
  if ('prefix' in confinedBy) return confinedBy.prefix;
  if ('fisTargets' in confinedBy) return `the ARNs of its targets, for ${confinedBy.fisTargets}`;
  return undefined;
}

/** How a permission is confined, in words. */
export function confinementWords({ action, confinedBy }: FisPermission): string {
  if (confinedBy === 'tag') return 'only on resources with the environment tag';
  if (confinedBy === 'managedInstanceTag')
    return "only on managed instances with the environment tag, and only with Amazon's own FIS documents";
  if (confinedBy === 'madeByFis') return 'only on what FIS has made and tagged managedByFIS=true';
  if (confinedBy === 'makingForFis') return 'only to make what is tagged managedByFIS=true at once';
  if ('taggingForFis' in confinedBy)
    return `only to tag what ${confinedBy.taggingForFis} is making, with managedByFIS=true`;
  if ('declared' in confinedBy) return `only on ${confinedBy.declared}, as the environment declares`;
  if ('prefix' in confinedBy) return `only below ${confinedBy.prefix}, as the environment declares`;
  if ('fisTargets' in confinedBy)
    return `only for targets that the environment declares, by the condition key ${confinedBy.fisTargets}; ${action.split(':')[0]} knows no resource for it`;
  return `not confined: ${confinedBy.none}`;
}

const readOnly = 'a read-only call that IAM cannot limit to a resource';

/** A call that only reads, which IAM cannot limit. */
export const reads = (action: string): FisPermission => ({ action, confinedBy: { none: readOnly } });

/** A call that only reads, and finds resources before any is chosen: limited to some, it would find none. */
export const lists = (action: string): FisPermission => ({
  action,
  confinedBy: { none: 'a read-only call that lists resources before any is chosen' },
});

/** A call that IAM limits to resources with the environment tag. */
export const tagged = (action: string, on?: string): FisPermission => ({
  action,
  ...(on === undefined ? {} : { on }),
  confinedBy: 'tag',
});

/** How FIS finds resources by their tags. */
export const findsByTag = reads('tag:GetResources');
