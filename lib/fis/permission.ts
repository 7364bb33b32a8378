/**
 * How IAM confines one permission of FIS's role (checked against AWS's service authorization reference of September 2026):
 * - `tag`: only resources with the environment tag (`aws:ResourceTag`);
 * - `managedInstanceTag`: SSM's managed instances with the environment tag, and Amazon's own FIS documents;
 * - `instanceTag`: EC2 instances with the environment tag, as Systems Manager knows it;
 * - `madeByFis`: only what FIS made itself and tagged `managedByFIS=true`;
 * - `makingForFis`: only making things that are tagged so as they are made;
 * - `taggingForFis`: only tagging what is being made, by the call named;
 * - `declared`: only the resources of the kind in `on` that an environment declares; a role may be passed to one service only;
 * - `prefix`: only objects below the prefixes that an environment declares;
 * - `fisTargets`: only targets of a kind (`kinesis:stream/*`) that an environment declares, by the condition key named, and only as far
 *   as the fault's own parameters go;
 * - `none`: not at all, with the reason.
 */
type Confinement =
  | 'tag'
  | 'managedInstanceTag'
  | 'instanceTag'
  | 'madeByFis'
  | 'makingForFis'
  | { readonly taggingForFis: string }
  | { readonly declared: string; readonly passedTo?: string }
  | { readonly prefix: string }
  | { readonly fisTargets: string; readonly targets: string; readonly within?: ParameterKeys }
  | { readonly none: string };

/** Condition keys that hold an action's own parameters, each with FIS's name of the parameter. */
export interface ParameterKeys {
  /** The key has the parameter's text. */
  readonly equal?: Readonly<Record<string, string>>;
  /** The key's texts are all in the parameter's list. */
  readonly among?: Readonly<Record<string, string>>;
  /** The key's number is no greater than the parameter. */
  readonly atMost?: Readonly<Record<string, string>>;
}

/** One permission of the FIS role, and how IAM can confine it. */
export interface FisPermission {
  readonly action: string;
  /** The resources of one kind it is asked on, where a call touches several, or may touch declared ones only: `ec2:subnet/*`. All of them where absent. */
  readonly on?: string;
  readonly confinedBy: Confinement;
  /** When it is needed, where that is not always. */
  readonly when?: string;
  /** What FIS's own call says besides: other calls of the action are not allowed. */
  readonly only?: OwnCall;
}

/** How a call of FIS is told from others of the same action. */
interface OwnCall {
  /** By condition operator and key, as IAM has them. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The same in words: `to start instances`. */
  readonly words: string;
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
export const confinementWords = (permission: FisPermission): string =>
  permission.only === undefined
    ? resourceWords(permission)
    : `${resourceWords(permission)}, and only ${permission.only.words}`;

function resourceWords({ action, confinedBy }: FisPermission): string {
  if (confinedBy === 'tag') return 'only on resources with the environment tag';
  if (confinedBy === 'managedInstanceTag')
    return "only on managed instances with the environment tag, and only with Amazon's own FIS documents";
  if (confinedBy === 'instanceTag') return 'only on instances with the environment tag';
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

/** A call that IAM limits to the resources of a kind that the environment declares. */
export const onDeclared = (action: string, on: string, declared: string): FisPermission => ({
  action,
  on,
  confinedBy: { declared },
});

/** A call that IAM knows no resource for, but the targets of the fault, of a kind that the environment declares. */
export const forDeclaredTargets = (
  action: string,
  fisTargets: string,
  targets: string,
  within?: ParameterKeys,
): FisPermission => ({
  action,
  confinedBy: { fisTargets, targets, ...(within === undefined ? {} : { within }) },
});

/** How FIS finds resources by their tags. */
export const findsByTag = reads('tag:GetResources');
