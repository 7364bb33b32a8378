import type { Problem } from '../../experiment/steadfast-error.ts';

/** Jobs of a repository on GitHub: of one branch, one tag, or those that deploy to one of its environments. */
export interface GitHubJobs {
  /** `owner/name`. */
  readonly repository: string;
  readonly branch?: string;
  readonly tag?: string;
  /** An environment of the repository on GitHub, which need not be called as that of Steadfast. */
  readonly environment?: string;
}

/** Jobs of a project on GitLab: of one branch or one tag. */
export interface GitLabJobs {
  /** Its path: `group/project`. */
  readonly project: string;
  readonly branch?: string;
  readonly tag?: string;
}

/** Which jobs may take a role on. The keys say where they run. */
export type PipelineJobs =
  | { readonly gitHub: readonly GitHubJobs[] }
  | {
      readonly gitLab: readonly GitLabJobs[];
      /** @default 'gitlab.com' */
      readonly host?: string;
    }
  | {
      /** The issuer of their tokens, without `https://`. */
      readonly issuer: string;
      /** What stands in the token as `aud`. */
      readonly audience: string;
      /** What stands in it as `sub`, in full. */
      readonly subjects: readonly string[];
    };

/** What a token has to say. */
export interface TrustedTokens {
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
}

/** GitHub's issuer, and the audience that its action for AWS credentials asks for (docs.github.com: OpenID Connect in AWS). */
const gitHub = { issuer: 'token.actions.githubusercontent.com', audience: 'sts.amazonaws.com' } as const;

/** Which tokens to trust, and all that is wrong with what was given: each is to name one thing in full, so that no other is let in. */
export interface ReadJobs extends TrustedTokens {
  readonly problems: readonly Problem[];
}

/** Reads which tokens to trust. */
export function readJobs(given: PipelineJobs): ReadJobs {
  const tokens = tokensOf(given);
  return { ...tokens, problems: [...tokens.problems, ...tokensProblems(tokens)] };
}

function tokensOf(given: PipelineJobs): ReadJobs {
  if ('gitHub' in given) {
    const read = given.gitHub.map((jobs, index) => gitHubSubject(jobs, ['jobs', 'gitHub', index]));
    return { ...gitHub, ...together(read) };
  }
  if ('gitLab' in given) {
    const { host = 'gitlab.com' } = given;
    const read = given.gitLab.map((jobs, index) => gitLabSubject(jobs, ['jobs', 'gitLab', index]));
    // GitLab's guide has jobs ask for the address of GitLab itself as the audience.
    return { issuer: host, audience: `https://${host}`, ...together(read) };
  }
  // Whoever writes JavaScript may leave it out.
  return { ...given, subjects: given.subjects ?? [], problems: [] };
}

type Subject = { readonly subject: string } | { readonly problem: Problem };

const together = (read: readonly Subject[]) => ({
  subjects: read.flatMap((one) => ('subject' in one ? [one.subject] : [])),
  problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
});

const invalid = (path: Problem['path'], message: string, hint: string): { readonly problem: Problem } => ({
  problem: { code: 'invalid', path, message, hint },
});

function gitHubSubject({ repository, branch, tag, environment }: GitHubJobs, path: Problem['path']): Subject {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository ?? ''))
    return invalid(
      [...path, 'repository'],
      `'${repository}' is no repository`,
      "write it in full, as 'owner/name': a pattern would let others in",
    );
  const which = [
    branch === undefined ? [] : [`ref:refs/heads/${branch}`],
    tag === undefined ? [] : [`ref:refs/tags/${tag}`],
    // GitHub writes a colon within a name as %3A (docs.github.com: OpenID Connect reference).
    environment === undefined ? [] : [`environment:${environment.replaceAll(':', '%3A')}`],
  ].flat();
  const [only] = which;
  return only === undefined || which.length > 1
    ? invalid(
        path,
        which.length === 0
          ? 'it names no branch, tag or environment'
          : 'it names more than one of a branch, a tag and an environment',
        "name just one: { repository: 'owner/name', branch: 'main' }; a job that deploys to an environment is known by that alone",
      )
    : { subject: `repo:${repository}:${only}` };
}

function gitLabSubject({ project, branch, tag }: GitLabJobs, path: Problem['path']): Subject {
  if (!/^[\w.-]+(\/[\w.-]+)+$/.test(project ?? ''))
    return invalid(
      [...path, 'project'],
      `'${project}' is no project`,
      "write its path in full, as 'group/project': a pattern would let others in",
    );
  const ref = branch ?? tag;
  return ref === undefined || (branch !== undefined && tag !== undefined)
    ? invalid(path, 'it names neither one branch nor one tag', "name just one: { project, branch: 'main' }")
    : { subject: `project_path:${project}:ref_type:${branch === undefined ? 'tag' : 'branch'}:ref:${ref}` };
}

function tokensProblems({ issuer, audience, subjects, problems }: ReadJobs): readonly Problem[] {
  const wild = subjects.filter((subject) => /[*?]/.test(subject) || subject.trim() === '');
  return [
    ...(!/^[a-z0-9.-]+(:\d+)?(\/[\w./-]+)?$/i.test(issuer ?? '')
      ? [
          invalid(
            ['jobs', 'issuer'],
            `'${issuer}' is no issuer`,
            "write it without https://, as 'gitlab.example.com'",
          ).problem,
        ]
      : []),
    ...((audience ?? '') === '' || /[*?]/.test(audience)
      ? [
          invalid(
            ['jobs', 'audience'],
            'a token must name its audience',
            'write it in full, as it stands in `aud`',
          ).problem,
        ]
      : []),
    ...(subjects.length === 0 && problems.length === 0
      ? [
          invalid(
            ['jobs'],
            'it names no jobs, so that every token of the issuer would be trusted',
            'name at least one repository with its branch, tag or environment',
          ).problem,
        ]
      : []),
    ...wild.map(
      (subject) =>
        invalid(
          ['jobs'],
          `'${subject}' is a pattern, which others may match`,
          'name each branch, tag or environment in full',
        ).problem,
    ),
  ];
}
